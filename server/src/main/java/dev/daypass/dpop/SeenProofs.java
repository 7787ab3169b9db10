package dev.daypass.dpop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The proofs that were used, each for as long as it could be used again: each is put in, and that
/// it was not there yet decides (RFC 9449, section 11.1). Nothing is ever pushed out: where there
/// is no room, the proof is refused. Thread-safe.
public final class SeenProofs {
    /// No nonce is good for longer, and no proof without its nonce.
    static final Duration KEPT = Nonces.SLOT.multipliedBy(2).plusSeconds(1);

    /// About 110 bytes each.
    public static final int PROOFS_MAX = 500_000;

    /// One holder may take so many parts of the room, or it would shut the others out.
    private static final int SHARES = 4;

    private final int proofsMax;
    private final LongSupplier nanoTime;
    private final Map<Digest, Boolean> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> byHolder = new ConcurrentHashMap<>();
    private final Queue<Kept> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    private record Digest(long high, long low) {}

    private record Kept(Digest proof, String holder, long untilNanos) {}

    /// @param proofsMax how many are kept at once
    /// @param nanoTime nanoseconds of a monotonic clock
    public SeenProofs(int proofsMax, LongSupplier nanoTime) {
        this.proofsMax = proofsMax;
        this.nanoTime = nanoTime;
    }

    /// What became of a proof.
    public enum Use {
        /// Nobody used it before.
        FIRST,
        /// It was used before.
        AGAIN,
        /// It cannot be remembered, and so must not be accepted.
        NO_ROOM
    }

    /// @param holder the agent whose proof it is
    /// @param key thumbprint of the proof's key
    /// @param id its `jti`
    Use use(String holder, String key, String id) {
        long now = nanoTime.getAsLong();
        forget(now);
        Digest proof = digest(key + " " + id);
        if (seen.containsKey(proof)) {
            return Use.AGAIN;
        }
        if (!enter(holder)) {
            return Use.NO_ROOM;
        }
        if (seen.putIfAbsent(proof, true) != null) {
            leave(holder);
            return Use.AGAIN;
        }
        inOrder.add(new Kept(proof, holder, now + KEPT.toNanos()));
        return Use.FIRST;
    }

    private boolean enter(String holder) {
        if (count.incrementAndGet() > proofsMax) {
            count.decrementAndGet();
            return false;
        }
        int share = Math.max(1, proofsMax / SHARES);
        if (byHolder.merge(holder, 1, Integer::sum) > share) {
            leave(holder);
            return false;
        }
        return true;
    }

    private void leave(String holder) {
        count.decrementAndGet();
        byHolder.computeIfPresent(holder, (_, held) -> held == 1 ? null : held - 1);
    }

    /// Each call forgets more than it adds, so that there is never much to do at once.
    private void forget(long now) {
        for (int i = 0; i < 4; i++) {
            Kept oldest = inOrder.peek();
            if (oldest == null || oldest.untilNanos() - now > 0) {
                return;
            }
            if (inOrder.remove(oldest)) {
                seen.remove(oldest.proof());
                leave(oldest.holder());
            }
        }
    }

    private static Digest digest(String text) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Digest(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
