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
import java.util.List;
import java.util.Random;
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
                        forms(secret).forEach(form -> assertFalse(whole.contains(form)));
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

    /// Every byte that lies in some occurrence of some form becomes a star.
    private static String reference(List<String> secrets, String body) {
        char[] out = body.toCharArray();
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                for (int at = body.indexOf(form); at >= 0; at = body.indexOf(form, at + 1)) {
                    Arrays.fill(out, at, at + form.length(), '*');
                }
            }
        }
        return new String(out);
    }
}
