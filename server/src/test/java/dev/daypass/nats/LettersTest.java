package dev.daypass.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.wire.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// What is taken of what comes over a bus that others reach as well.
class LettersTest {
    private static final Instant START = Instant.parse("2026-11-30T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Letters one = letters("one", "daypass.a", "key");
    private final Letters two = letters("two", "daypass.a", "key");

    private Letters letters(String name, String subject, String key) {
        return new Letters(name, subject, code(key), now::get);
    }

    static Function<String, byte[]> code(String key) {
        return text -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static String dropped(Letters by, byte[] letter) {
        return by.open(letter) instanceof Letters.Opened.Dropped(var why) ? why : "taken";
    }

    private static byte[] with(byte[] letter, String from, String to) {
        return new String(letter, StandardCharsets.UTF_8)
                .replace(from, to)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_another_server_wrote_is_taken_once() {
        byte[] letter = one.write("hello");

        assertEquals(new Letters.Opened.Good("hello"), two.open(letter));
        assertEquals("replayed", dropped(two, letter));
    }

    @Test
    void what_comes_after_a_later_one_is_dropped() {
        byte[] first = one.write("first");
        byte[] second = one.write("second");

        assertEquals(new Letters.Opened.Good("second"), two.open(second));
        assertEquals("replayed", dropped(two, first));
        assertEquals(new Letters.Opened.Good("third"), two.open(one.write("third")));
    }

    @Test
    void what_was_changed_on_the_way_is_dropped() {
        byte[] letter = one.write("hello");

        assertEquals("forged", dropped(two, with(letter, "hello", "hullo")));
        assertEquals("forged", dropped(two, with(letter, "\"n\":1", "\"n\":2")));
        assertEquals("forged", dropped(two, with(letter, "\"one\"", "\"six\"")));
        assertEquals(new Letters.Opened.Good("hello"), two.open(letter), "and uses no number up");
    }

    @Test
    void who_has_another_key_is_nobody_and_another_place_is_elsewhere() {
        assertEquals("forged", dropped(two, letters("one", "daypass.a", "other").write("hello")));
        assertEquals("forged", dropped(two, letters("one", "daypass.b", "key").write("hello")));
    }

    @Test
    void what_is_old_or_from_the_future_is_dropped() {
        byte[] letter = one.write("hello");

        now.set(START.plus(Letters.AGE_MAX).plusMillis(1));
        assertEquals("old", dropped(two, letter));
        now.set(START.minus(Letters.AGE_MAX).minus(Duration.ofMillis(1)));
        assertEquals("old", dropped(two, letter));
        now.set(START.plus(Letters.AGE_MAX));
        assertEquals("taken", dropped(two, letter));
    }

    @Test
    void what_is_no_letter_is_dropped() {
        for (String text : new String[] {"", "{}", "[]", "{\"from\":\"one\"}", "\u0000", "hello"}) {
            assertEquals("malformed", dropped(two, text.getBytes(StandardCharsets.UTF_8)), text);
        }
        assertEquals("long", dropped(two, new byte[Letters.BYTES_MAX + 1]));
        byte[] letter = one.write("hello");
        assertEquals(
                "malformed", dropped(two, with(letter, "\"code\":\"", "\"code\":\"!")), "no code");
        assertEquals("malformed", dropped(two, with(letter, "{\"from\"", "{\"x\":1,\"from\"")));
        assertEquals("AA", Base64Url.encode(new byte[1]));
    }
}
