package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanonicalRequestTest {
    private static final Map<String, String> FAILURES =
            Map.ofEntries(
                    Map.entry(
                            "dot-or-space", "path holds a segment that ends with a dot or a space"),
                    Map.entry("path-parameter", "path holds a `;`"),
                    Map.entry("encoded-separator", "path holds an encoded separator"),
                    Map.entry("empty-segment", "path holds an empty segment"),
                    Map.entry("double-encoding", "path is percent-encoded twice"),
                    Map.entry("bad-escape", "malformed percent-encoding"),
                    Map.entry("control", "request target holds an encoded control character"),
                    Map.entry("not-utf-8", "request target is not utf-8"),
                    Map.entry("not-nfc", "request target is not in unicode normal form C"),
                    Map.entry(
                            "raw-character",
                            "request target holds a character that must be percent-encoded"),
                    Map.entry("not-origin-form", "request target must start with /"),
                    Map.entry("nameless-parameter", "query holds a parameter without a name"),
                    Map.entry("method-override", "query holds a method override"));

    @Test
    void every_vector_has_its_target_or_its_failure() {
        for (var vector : Vectors.of("paths")) {
            HttpMethod method = HttpMethod.of(vector.fields().string("method")).orElseThrow();
            String target = vector.fields().string("target");
            String canonical = vector.fields().stringOrNull("canonical");
            if (canonical != null) {
                CanonicalRequest request = CanonicalRequest.parse(method, target);
                assertEquals(canonical, request.target(), vector.name());
                assertEquals(canonical, CanonicalRequest.parse(method, canonical).target());
            } else {
                String failure = vector.fields().string("fails");
                assertEquals(FAILURES.get(failure), refusal(target), vector.name());
            }
            vector.fields().end();
        }
    }

    @Test
    void a_canonical_target_is_a_fixed_point() {
        Check.forAll(
                3_000,
                random -> {
                    CanonicalRequest request =
                            CanonicalRequest.parse(HttpMethod.GET, target(random));
                    CanonicalRequest again =
                            CanonicalRequest.parse(HttpMethod.GET, request.target());

                    assertEquals(request.target(), again.target());
                    assertEquals(request.segments(), again.segments());
                    assertEquals(request.path(), again.path());
                    assertEquals(request.repeatedNames(), again.repeatedNames());
                });
    }

    @Test
    void two_spellings_of_one_request_have_one_target() {
        Check.forAll(
                2_000,
                random -> {
                    String target = target(random);
                    String respelt = respelt(random, target);

                    assertEquals(
                            CanonicalRequest.parse(HttpMethod.GET, target).target(),
                            CanonicalRequest.parse(HttpMethod.GET, respelt).target(),
                            respelt);
                });
    }

    @Test
    void segments_and_parameters_are_decoded() {
        CanonicalRequest request =
                CanonicalRequest.parse(HttpMethod.GET, "/caf%C3%A9/a%20b/?q=x+y&q=%26&z");

        assertEquals(List.of("café", "a b", ""), request.segments());
        assertEquals(List.of("x y", "&"), request.queryValues("q"));
        assertEquals(List.of(""), request.queryValues("z"));
        assertEquals(List.of(), request.queryValues("Q"));
        assertEquals(Set.of("q"), request.repeatedNames());
        assertEquals("/caf%C3%A9/a%20b/", request.path());
    }

    @Test
    void a_target_is_limited_before_and_after_it_is_encoded() {
        String longest = "/" + "a".repeat(CanonicalRequest.TARGET_CHARS_MAX - 1);
        String tooLong = "request target of more than 8192 characters";

        assertEquals(longest, CanonicalRequest.parse(HttpMethod.GET, longest).target());
        assertEquals(tooLong, refusal(longest + "a"));
        assertEquals(tooLong, refusal("/a?b=" + "'".repeat(4_000)));
        assertEquals(tooLong, refusal("/" + "{".repeat(3_000)));
    }

    @Test
    void parameters_are_limited_in_number() {
        String most = "/a?" + "b=c&".repeat(CanonicalRequest.QUERY_PAIRS_MAX - 1) + "b=c";

        assertEquals(most, CanonicalRequest.parse(HttpMethod.GET, most).target());
        assertEquals("query of more than 256 parameters", refusal(most + "&b=c"));
    }

    @Test
    void method_names_are_exact() {
        assertEquals(HttpMethod.GET, HttpMethod.of("GET").orElseThrow());
        for (String name : List.of("get", "Get", "GET ", "", "TRACE", "CONNECT", "PROPFIND")) {
            assertTrue(HttpMethod.of(name).isEmpty(), name);
        }
    }

    private static String target(Random random) {
        var out = new StringBuilder();
        List<String> segments = Gen.list(random, 3, r -> "a" + piece(r) + "z");
        out.append('/').append(String.join("/", segments));
        List<String> pairs = Gen.list(random, 3, r -> "n" + piece(r) + "=" + piece(r));
        return out.append(pairs.isEmpty() ? "" : "?").append(String.join("&", pairs)).toString();
    }

    private static String piece(Random random) {
        return String.join(
                "",
                Gen.list(
                        random,
                        4,
                        r ->
                                Gen.pick(
                                        r,
                                        "b",
                                        "%41",
                                        "%20",
                                        "!",
                                        "$",
                                        "*",
                                        ":",
                                        "@",
                                        "{",
                                        "|",
                                        "+",
                                        ",",
                                        "%C3%A9",
                                        "%F0%9F%98%80",
                                        "%2B",
                                        "%3F",
                                        "%23",
                                        "-",
                                        "~",
                                        "'")));
    }

    // Percent-encodes letters and changes the case of hex digits: neither changes the meaning.
    private static String respelt(Random random, String target) {
        var out = new StringBuilder();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%') {
                String hex = target.substring(i + 1, i + 3);
                out.append('%')
                        .append(
                                random.nextBoolean()
                                        ? hex.toLowerCase(java.util.Locale.ROOT)
                                        : hex);
                i += 2;
            } else if (Character.isLetter(c) && random.nextInt(3) == 0) {
                out.append("%%%02x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String refusal(String target) {
        return String.valueOf(
                assertThrows(
                                AmbiguousRequest.class,
                                () -> CanonicalRequest.parse(HttpMethod.GET, target),
                                target)
                        .getMessage());
    }
}
