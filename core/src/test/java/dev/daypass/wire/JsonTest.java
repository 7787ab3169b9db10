package dev.daypass.wire;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final JsonLimits TINY = new JsonLimits(40, 3, 5);

    @Test
    void members_keep_the_order_of_the_text() {
        var members = ((Json.Obj) Json.parse("{\"z\":1,\"a\":2,\"m\":3}")).members();

        assertEquals(List.of("z", "a", "m"), List.copyOf(members.keySet()));
    }

    @Test
    void a_value_that_was_read_cannot_be_changed() {
        var object = (Json.Obj) Json.parse("{\"a\":[1]}");
        var array = (Json.Arr) Json.parse("[1]");

        assertThrows(
                UnsupportedOperationException.class,
                () -> object.members().put("b", Json.of(true)));
        assertThrows(UnsupportedOperationException.class, () -> array.items().add(Json.of(true)));
    }

    @Test
    void what_is_written_is_read_back() {
        Check.forAll(
                1_000,
                random -> {
                    Json value = RandomJson.value(random, 4);

                    assertEquals(value, Json.parse(value.text()));
                    assertEquals(value, Json.parse(value.pretty()));
                    assertEquals(value.text(), Json.parse(value.pretty()).text());
                    assertEquals(value.hashCode(), Json.parse(value.text()).hashCode());
                });
    }

    @Test
    void numbers_are_equal_whatever_their_scale() {
        assertEquals(Json.parse("1.50"), Json.parse("15e-1"));
        assertEquals(Json.parse("1.50").hashCode(), Json.parse("15e-1").hashCode());
        assertFalse(Json.parse("1.5").equals(Json.parse("1.51")));
    }

    @Test
    void pretty_text_is_indented_by_two_spaces() {
        assertEquals(
                """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": []
                }\
                """,
                Json.parse("{\"a\":[1,{}],\"b\":[]}").pretty());
    }

    @Test
    void a_builder_leaves_out_what_is_null() {
        Json.Obj built =
                Json.object()
                        .put("a", (String) null)
                        .put("b", 1)
                        .put("c", true)
                        .put("d", Json.strings(List.of("x")))
                        .build();

        assertEquals("{\"b\":1,\"c\":true,\"d\":[\"x\"]}", built.text());
    }

    @Test
    void a_text_of_the_permitted_size_is_read_and_one_byte_more_is_not() {
        String fits = "[" + " ".repeat(38) + "]";

        assertEquals("[]", Json.parse(fits.getBytes(StandardCharsets.UTF_8), TINY).text());
        assertEquals(
                "json of 41 bytes is too long; permitted: 40",
                refusal((fits + " ").getBytes(StandardCharsets.UTF_8), TINY));
    }

    @Test
    void nesting_of_the_permitted_depth_is_read_and_one_more_is_not() {
        for (JsonLimits limits : List.of(TINY, JsonLimits.DEFAULT, JsonLimits.DOCUMENT)) {
            int depth = limits.depthMax();

            assertEquals(nested(depth), Json.parse(utf8(nested(depth)), limits).text());
            assertContains("nesting depth", refusal(utf8(nested(depth + 1)), limits));
            assertContains("nesting depth", refusal(utf8("{\"a\":".repeat(depth + 1)), limits));
        }
    }

    @Test
    void a_string_of_the_permitted_length_is_read_and_one_character_more_is_not() {
        for (JsonLimits limits : List.of(TINY, JsonLimits.DEFAULT)) {
            String longest = "\"" + "x".repeat(limits.stringCharsMax()) + "\"";
            String tooLong = "\"" + "x".repeat(limits.stringCharsMax() + 1) + "\"";

            assertEquals(longest, Json.parse(utf8(longest), limits).text());
            assertContains("string value length", refusal(utf8(tooLong), limits));
        }
    }

    @Test
    void a_number_or_a_name_of_absurd_length_is_refused() {
        assertContains("number value length", refusal("1".repeat(101)));
        assertContains("name length", refusal("{\"" + "n".repeat(4_097) + "\":1}"));
    }

    @Test
    void exponents_are_read_up_to_a_thousand() {
        assertEquals(new Json.Num(new BigDecimal("1e1000")), Json.parse("1e1000"));
        assertEquals(new Json.Num(new BigDecimal("1e-1000")), Json.parse("1e-1000"));
        for (String huge :
                List.of("1e1001", "1e-1001", "1e1000000000", "-1e2147483647", "1e99999999999")) {
            assertEquals("json has a number with an exponent beyond 1000", refusal(huge));
        }
    }

    @Test
    void only_utf_8_is_read() {
        String text = "{\"a\":\"é\"}";
        for (Charset other : List.of(UTF_16BE, UTF_16LE, StandardCharsets.ISO_8859_1)) {
            assertEquals("json is not utf-8", refusal(text.getBytes(other), JsonLimits.DEFAULT));
        }
        byte[] utf32 = "[1]".getBytes(Charset.forName("UTF-32BE"));
        byte[] utf32Little = "[1]".getBytes(Charset.forName("UTF-32LE"));
        byte[] digitInUtf16 = {0, '1'};
        byte[] overlongQuote = {(byte) 0xc0, (byte) 0xa2, 'a', (byte) 0xc0, (byte) 0xa2};
        byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        for (byte[] bytes : List.of(utf32, utf32Little, digitInUtf16, overlongQuote, surrogate)) {
            assertEquals("json is not utf-8", refusal(bytes, JsonLimits.DEFAULT));
        }
    }

    @Test
    void a_java_string_with_half_a_character_is_refused_rather_than_repaired() {
        assertEquals("json has a lone surrogate in a string", refusal("\"\ud83d\""));
        assertEquals("json has a lone surrogate in a string", refusal("\"\ude00\ud83d\""));
    }

    @Test
    void an_error_says_where() {
        assertContains(
                "malformed json at line 2, column 6: duplicate", refusal("{\"a\":1,\n  \"a\":2}"));
        assertContains("malformed json at line 1, column 3", refusal("[1x]"));
    }

    @Test
    void an_error_is_one_short_line_without_class_names() {
        Check.forAll(random -> {
            String noise = Gen.chars(random, 4_000, "z\u0001\n\u001b[é\"") + "z".repeat(3_000);
            for (String text : List.of(noise, "{\"" + noise, "[" + noise, "1" + noise)) {
                String message = refusal(text);
                assertTrue(message.length() < 300, message);
                assertFalse(message.matches("(?s).*(\\p{Cntrl}|fasterxml|Stream[A-Z]).*"), message);
            }
        });
        assertFalse(refusal("1".repeat(101)).contains("`"));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String refusal(String text) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Json.parse(text)).getMessage());
    }

    private static String refusal(byte[] bytes, JsonLimits limits) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Json.parse(bytes, limits)).getMessage());
    }

    private static void assertContains(String part, String message) {
        assertTrue(message.toLowerCase(java.util.Locale.ROOT).contains(part), message);
    }
}
