package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a cookie jar keeps, and how much at most (RFC 6265bis, sections 5 and 6.1).
///
/// Mutations that make it fail: let `COOKIES_MAX`, `COOKIE_BYTES_MAX` or `FIELD_BYTES_MAX` be
/// `Integer.MAX_VALUE`; drop the newest cookie instead of the oldest; leave a condition of
/// `permitted` out.
class CookieJarTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final CookieJar.Place SHOP = new CookieJar.Place("shop.example", "/a/b", true);
    private static final CookieJar.Place PLAIN = new CookieJar.Place("shop.example", "/a/b", false);

    private final CookieJar jar = new CookieJar();

    private void store(String... fields) {
        jar.store(List.of(fields), SHOP, NOW);
    }

    private static String[] many(int count, String form) {
        return IntStream.range(0, count).mapToObj(form::formatted).toArray(String[]::new);
    }

    private String sentTo(String path) {
        return jar.field(new CookieJar.Place("shop.example", path, true), NOW);
    }

    @Test
    void of_more_than_fifty_the_oldest_go() {
        store(many(51, "c%1$d=%1$d"));

        assertEquals(50, jar.size());
        List<String> kept = List.of(sentTo("/a/b").split("; ", -1));
        assertTrue(kept.contains("c1=1") && kept.contains("c50=50"), kept::toString);
        assertFalse(kept.contains("c0=0"), kept::toString);
    }

    @Test
    void a_cookie_has_at_most_four_kibibytes_with_its_name() {
        store("n=" + "v".repeat(4_095), "m=" + "v".repeat(4_096));

        assertEquals(1, jar.size());
        assertTrue(sentTo("/a/b").startsWith("n=v"));
    }

    @Test
    void a_field_that_is_long_by_its_attributes_is_left_out_whole() {
        store("n=v; Path=/; x=" + "y".repeat(8_192));

        assertEquals(0, jar.size());
    }

    @Test
    void what_cannot_be_read_is_left_out_and_the_rest_is_kept() {
        store("a=1; Path=/\u00e9", "b=1; Domain=\u00e9", "=", "", ";;", "c=\u0001", "d=1; Path=/");

        assertEquals("d=1", sentTo("/"));
    }

    @Test
    void what_is_sent_has_at_most_sixteen_kibibytes_and_longer_paths_come_first() {
        store(many(10, "c%d=" + "v".repeat(2_000) + "; Path=/"));
        store("near=1; Path=/a/b");

        String sent = sentTo("/a/b");
        assertTrue(sent.length() <= 16_384, () -> sent.length() + " bytes");
        assertTrue(sent.startsWith("near=1; c0="), sent);
        assertEquals(9, sent.split("; ", -1).length);
    }

    @Test
    void cookies_of_other_hosts_and_of_everybody_are_left_out() {
        store(
                "a=1; Domain=other.example",
                "b=1; Domain=example",
                "c=1; Domain=deep.shop.example",
                "d=1; Domain=op.example");
        assertEquals(0, jar.size());

        store("e=1; Domain=.shop.example", "f=1; Domain=SHOP.example");
        assertEquals("e=1; f=1", sentTo("/a/b"));
    }

    @Test
    void an_address_shares_with_no_part_of_itself() {
        jar.store(List.of("a=1; Domain=0.0.1"), new CookieJar.Place("127.0.0.1", "/", true), NOW);

        assertEquals(0, jar.size());
    }

    @Test
    void prefixes_promise_what_they_say_and_secure_stays_on_tls() {
        store(
                "__Host-a=1; Path=/",
                "__Host-b=1; Secure; Path=/a",
                "__Host-c=1; Secure; Path=/; Domain=shop.example",
                "__Secure-d=1",
                "__HOST-e=1; Path=/");
        jar.store(List.of("f=1; Secure"), PLAIN, NOW);
        assertEquals(0, jar.size());

        store("__Host-g=1; Secure; Path=/", "h=1");
        assertEquals("h=1; __Host-g=1", sentTo("/a/b"));
        assertEquals("h=1", jar.field(PLAIN, NOW));
    }

    @Test
    void paths_match_at_slashes_only() {
        store("a=1; Path=/a", "b=1");

        assertEquals("a=1; b=1", sentTo("/a/x"));
        assertEquals("", sentTo("/ab"));
        assertEquals("", sentTo("/"));
    }

    @Test
    void what_is_over_is_gone_and_what_is_set_to_be_over_removes() {
        store("a=1; Max-Age=60; Path=/", "b=1; Path=/");

        assertEquals("b=1", jar.field(SHOP, NOW.plusSeconds(60)));
        store("b=; Max-Age=0; Path=/");
        assertEquals(0, jar.size());
    }

    @Test
    void whatever_a_service_sets_the_bounds_hold() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        String parts = "ab=;, \"/.%\u00e9\r\n__Host-__Secure-; Domain=; Path=/; Max-Age=9; Secure";
        for (int round = 0; round < 5_000; round++) {
            var field = new StringBuilder();
            int length = random.nextInt(round % 50 == 0 ? 9_000 : 60);
            while (field.length() < length) {
                int at = random.nextInt(parts.length());
                field.append(parts, at, Math.min(parts.length(), at + 1 + random.nextInt(9)));
            }
            store("n" + random.nextInt(99) + "=" + field);
            String sent = sentTo("/a/b");
            assertTrue(jar.size() <= 50, () -> "seed " + seed);
            assertTrue(sent.length() <= 16_384, () -> "seed " + seed);
            assertTrue(sent.chars().noneMatch(c -> c < ' ' || c > '~'), () -> "seed " + seed);
        }
    }
}
