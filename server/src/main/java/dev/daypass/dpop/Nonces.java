package dev.daypass.dpop;

import dev.daypass.wire.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Nonces for proofs (RFC 9449, section 8), the same for broker and edge, for clients keep one for
/// each origin: a keyed digest of the current slot of time. Thread-safe.
///
/// Time is monotonic: a wall clock that is set back brings no old nonce back.
public final class Nonces {
    /// A nonce is good for the slot that it was given out in, and for the next.
    public static final Duration SLOT = Duration.ofSeconds(60);

    private static final int SECRET_BYTES_MIN = 32;
    private static final int NONCE_BYTES = 16;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec secret;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private volatile Slots slots;

    private record Slots(long number, String current, String before) {}

    /// @param secret random, at least 32 bytes
    /// @param nanoTime nanoseconds of a monotonic clock
    public Nonces(byte[] secret, LongSupplier nanoTime) {
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("a secret of 32 bytes is needed");
        }
        this.secret = new SecretKeySpec(secret, HMAC);
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.slots = slots(0);
    }

    /// How good a nonce is.
    enum Age {
        CURRENT,
        /// Of the slot before: still good, and the caller is told the new one.
        AGEING,
        /// Old, or never given out.
        UNKNOWN
    }

    /// What clients are to use now.
    String current() {
        return now().current();
    }

    Age judge(String nonce) {
        Slots good = now();
        if (same(good.current(), nonce)) {
            return Age.CURRENT;
        }
        return same(good.before(), nonce) ? Age.AGEING : Age.UNKNOWN;
    }

    private static boolean same(String ours, String theirs) {
        return MessageDigest.isEqual(
                ours.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
    }

    private Slots now() {
        long number = (nanoTime.getAsLong() - startNanos) / SLOT.toNanos();
        Slots known = slots;
        if (known.number() == number) {
            return known;
        }
        Slots made = slots(number);
        slots = made;
        return made;
    }

    private Slots slots(long number) {
        return new Slots(number, nonce(number), nonce(number - 1));
    }

    private String nonce(long slot) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            byte[] digest = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
            return Base64Url.encode(Arrays.copyOf(digest, NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
