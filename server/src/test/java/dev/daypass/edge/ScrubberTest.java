package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ScrubberTest {
    private static final String SECRET = "hunter2+hunter2/=";

    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String scrubbed(List<String> secrets, List<String> chunks) {
        Scrubber scrubber = new Scrubber(Needles.of(secrets));
        var out = new StringBuilder();
        for (String chunk : chunks) {
            Buffer given = Buffer.buffer(chunk.getBytes(StandardCharsets.ISO_8859_1));
            out.append(scrubber.next(given).toString(StandardCharsets.ISO_8859_1));
        }
        return out.append(scrubber.rest().toString(StandardCharsets.ISO_8859_1)).toString();
    }

    @Test
    void an_echo_is_overwritten_in_every_form_and_lengths_stay() {
        for (String form : forms(SECRET)) {
            String body = "{\"you sent\":\"" + form + "\"}";

            String out = scrubbed(List.of(SECRET), List.of(body));

            assertEquals("{\"you sent\":\"" + "*".repeat(form.length()) + "\"}", out);
        }
    }

    @Test
    void an_echo_is_found_in_every_way_in_which_a_page_may_write_it() {
        String secret = "k3y/with+signs=&'<more>~9f8e7d";
        for (String form :
                List.of(
                        "k3y%2fwith%2Bsigns%3D%26%27%3Cmore%3E~9f8e7d",
                        "k3y%252Fwith%252Bsigns%253D%2526%2527%253Cmore%253E~9f8e7d",
                        "k3y\\/with+signs\\u003d\\u0026\\u0027\\u003Cmore\\u003E~9f8e7d",
                        "k3y&#x2F;with+signs&#61;&amp;&#39;&lt;more&gt;~9f8e7d",
                        "k3y/with+signs=&amp;&apos;&lt;more>~9f8e7d",
                        HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)),
                        HexFormat.of()
                                .withUpperCase()
                                .formatHex(secret.getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(
                    "<" + "*".repeat(form.length()) + ">",
                    scrubbed(
                            List.of(secret),
                            List.of("<", form.substring(0, 7), form.substring(7), ">")),
                    form);
        }
    }

    @Test
    void a_secret_inside_a_longer_base64_text_is_overwritten_at_all_three_alignments() {
        for (String before : List.of("", "u", "us", "use", "user:")) {
            String whole = before + SECRET + ", and more";
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.encodeToString(whole.getBytes(StandardCharsets.UTF_8));

                String out = scrubbed(List.of(SECRET), List.of("Basic " + text));

                String inside =
                        inside(
                                SECRET.getBytes(StandardCharsets.UTF_8),
                                before.length() % 3,
                                encoder.withoutPadding());
                assertTrue(text.contains(inside));
                int at = ("Basic " + text).indexOf(inside);
                assertEquals("*".repeat(inside.length()), out.substring(at, at + inside.length()));
                assertTrue(out.endsWith(text.substring(text.length() - 8)), out);
            }
        }
    }

    @Test
    void secrets_of_hundreds_of_characters_are_found_and_what_resembles_them_passes() {
        String token = "eyJ" + "abcDEF123_-".repeat(120);
        assertEquals("*".repeat(token.length()), scrubbed(List.of(token), List.of(token)));
        String near = token.substring(0, token.length() - 1) + "!";
        assertEquals(near, scrubbed(List.of(token), List.of(near)));
    }

    @Test
    void an_echo_in_a_header_field_is_overwritten() {
        Scrubber scrubber = new Scrubber(Needles.of(List.of(SECRET)));

        assertEquals("/back?key=*****************", scrubber.scrub("/back?key=" + SECRET));
        assertEquals("nothing", scrubber.scrub("nothing"));
    }

    @Test
    void secrets_too_short_to_tell_from_chance_are_left() {
        assertTrue(new Scrubber(Needles.of(List.of("abcde"))).idle());
        assertFalse(new Scrubber(Needles.of(List.of("abcdef"))).idle());
        assertTrue(new Scrubber(Needles.of(List.of())).idle());
    }

    @Test
    void any_chunking_of_a_body_gives_the_same_bytes_and_no_secret_survives() {
        Check.forAll(
                600,
                random -> {
                    List<String> secrets = secrets(random);
                    String body = body(random, secrets);

                    String whole = scrubbed(secrets, List.of(body));

                    assertEquals(reference(secrets, body), whole);
                    assertEquals(whole, scrubbed(secrets, chunks(random, body)));
                    assertEquals(body.length(), whole.length());
                    for (String secret : secrets) {
                        forms(secret).forEach(form -> assertFalse(whole.contains(form), form));
                    }
                });
    }

    // Few letters, so that secrets overlap with themselves and with one another.
    private static List<String> secrets(Random random) {
        var out = new ArrayList<String>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            out.add(Gen.chars(random, 4, "ab+") + Gen.pick(random, "ababab", "aaaaaa", "ab+ab+"));
        }
        return out;
    }

    private static String body(Random random, List<String> secrets) {
        var out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            String form = Gen.pick(random, forms(Gen.pick(random, secrets)));
            out.append(
                    switch (random.nextInt(4)) {
                        case 0 -> form;
                        case 1 -> form.substring(0, random.nextInt(form.length()));
                        case 2 -> form.substring(random.nextInt(form.length()));
                        default -> Gen.chars(random, 5, "ab+*%2B");
                    });
        }
        return out.toString();
    }

    private static List<String> chunks(Random random, String body) {
        var out = new ArrayList<String>();
        int at = 0;
        while (at < body.length()) {
            int to = Math.min(body.length(), at + random.nextInt(9));
            out.add(body.substring(at, to));
            at = to;
        }
        return out;
    }

    /// Every byte that lies in some occurrence of some form becomes a star; slow and plain.
    private static String reference(List<String> secrets, String body) {
        char[] out = body.toCharArray();
        for (String secret : secrets) {
            for (int at = 0; at < body.length(); at++) {
                for (String text : texts(secret)) {
                    int end = end(body, at, text, ScrubberTest::escapes);
                    Arrays.fill(out, at, Math.max(at, end), '*');
                }
                String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
                if (body.regionMatches(true, at, hex, 0, hex.length())) {
                    Arrays.fill(out, at, at + hex.length(), '*');
                }
            }
        }
        return new String(out);
    }

    /// Where the longest spelling of `text` that begins here ends; -1 for none.
    private static int end(
            String body, int at, String text, Function<Character, List<String>> ways) {
        if (text.isEmpty()) {
            return at;
        }
        int longest = -1;
        for (String way : ways.apply(text.charAt(0))) {
            if (body.startsWith(way, at)) {
                longest = Math.max(longest, end(body, at + way.length(), text.substring(1), ways));
            }
        }
        return longest;
    }

    private static List<String> escapes(char c) {
        var out = new ArrayList<>(List.of(String.valueOf(c)));
        for (String digits : List.of("%02x".formatted((int) c), "%02X".formatted((int) c))) {
            for (String way : List.of("%%%s", "%%25%s", "\\u00%s", "\\x%s", "&#x%s;", "&#X%s;")) {
                out.add(way.formatted(digits));
            }
        }
        out.add("&#%d;".formatted((int) c));
        out.add("&#0%d;".formatted((int) c));
        if (c == '/') {
            out.add("\\/");
        }
        return out;
    }

    private static Set<String> texts(String secret) {
        var out = new TreeSet<>(Set.of(secret));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            out.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                String inside = inside(bytes, before, encoder.withoutPadding());
                if (inside.length() >= 8) {
                    out.add(inside);
                }
            }
        }
        return out;
    }

    /// What two encodings with unlike neighbours have in common.
    private static String inside(byte[] secret, int before, Base64.Encoder encoder) {
        String zeros = encoder.encodeToString(between(secret, before, (byte) 0));
        String ones = encoder.encodeToString(between(secret, before, (byte) 0xff));
        var out = new StringBuilder();
        int end = (before + secret.length) * 8 / 6;
        for (int i = (before * 8 + 5) / 6; i < end; i++) {
            assertEquals(zeros.charAt(i), ones.charAt(i));
            out.append(zeros.charAt(i));
        }
        return out.toString();
    }

    private static byte[] between(byte[] secret, int before, byte filling) {
        byte[] out = new byte[before + secret.length + 3];
        Arrays.fill(out, filling);
        System.arraycopy(secret, 0, out, before, secret.length);
        return out;
    }
}
