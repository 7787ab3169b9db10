package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonFieldsTest {
    private static final String BODY =
            """
            {"text":"t","whole":7,"flag":true,"words":["a","b"],"none":null,"inner":{"deep":1}}\
            """;

    @Test
    void each_member_is_taken_as_what_it_is() {
        JsonFields fields = fields(BODY);

        assertEquals("t", fields.string("text"));
        assertEquals(7, fields.longValue("whole"));
        assertTrue(fields.booleanOr("flag", false));
        assertEquals(List.of("a", "b"), fields.strings("words"));
        assertEquals(1, Objects.requireNonNull(fields.objectOrNull("inner")).longValue("deep"));
        assertNull(fields.stringOrNull("none"));
        fields.end();
    }

    @Test
    void a_missing_member_is_null_or_empty_or_an_error() {
        JsonFields fields = fields("{\"a\":null}");

        for (String name : List.of("a", "b")) {
            assertNull(fields.stringOrNull(name));
            assertNull(fields.longOrNull(name));
            assertNull(fields.objectOrNull(name));
            assertTrue(fields.booleanOr(name, true));
            assertEquals(List.of(), fields.strings(name));
            assertRefused(
                    "`%s` is missing; expected a string".formatted(name),
                    () -> fields.string(name));
            assertRefused(
                    "`%s` is missing; expected a whole number".formatted(name),
                    () -> fields.longValue(name));
        }
    }

    @Test
    void a_member_of_another_kind_is_named_with_what_it_is() {
        JsonFields fields = fields(BODY);

        assertRefused(
                "`text` is a string; expected a whole number", () -> fields.longValue("text"));
        assertRefused("`whole` is a number; expected a string", () -> fields.string("whole"));
        assertRefused(
                "`inner` is an object; expected true or false",
                () -> fields.booleanOr("inner", true));
        assertRefused("`flag` is a boolean; expected an array", () -> fields.strings("flag"));
        assertRefused(
                "`words` is an array; expected an object", () -> fields.objectOrNull("words"));
        assertRefused(
                "`x[1]` is a number; expected a string",
                () -> fields("{\"x\":[\"a\",2]}").strings("x"));
        assertRefused(
                "`x[0]` is null; expected a string", () -> fields("{\"x\":[null]}").strings("x"));
        assertRefused("`body` is an array; expected an object", () -> fields("[]"));
    }

    @Test
    void a_member_of_a_member_is_named_by_its_path() {
        JsonFields inner = Objects.requireNonNull(fields(BODY).objectOrNull("inner"));

        assertRefused("`inner.deep` is a number; expected a string", () -> inner.string("deep"));
        assertRefused(
                "unknown member `inner.deep`; known: other",
                () -> {
                    JsonFields again = Objects.requireNonNull(fields(BODY).objectOrNull("inner"));
                    assertNull(again.take("other"));
                    again.end();
                });
    }

    @Test
    void what_nobody_took_is_refused_by_name_on_one_line() {
        JsonFields fields = fields("{\"a\":1,\"b\":2}");
        assertEquals(1, fields.longValue("a"));

        assertRefused("unknown member `b`; known: a", fields::end);
        assertRefused("unknown member `x??[31m`; known: ", fields("{\"x\\n\\u001b[31m\":1}")::end);
        String longName = message(fields("{\"" + "n".repeat(4_000) + "\":1}")::end);
        assertTrue(longName.length() < 100, longName);
        assertFalse(message(fields("{\"" + "😀".repeat(60) + "\":1}")::end).contains("?"));
    }

    @Test
    void whole_numbers_are_exact_and_in_range() {
        var whole =
                Map.of(
                        "9223372036854775807", Long.MAX_VALUE,
                        "-9223372036854775808", Long.MIN_VALUE,
                        "1e3", 1_000L,
                        "5.000", 5L,
                        "-0", 0L,
                        "0e1000", 0L);
        whole.forEach((text, value) -> assertEquals(value, number(text).longOrNull("n"), text));

        for (String text :
                List.of(
                        "9223372036854775808",
                        "-9223372036854775809",
                        "1.5",
                        "1e19",
                        "1e1000",
                        "1e-1000")) {
            assertRefused("`n` is not a whole number in range", () -> number(text).longOrNull("n"));
        }
    }

    @Test
    void a_number_that_was_not_read_but_made_does_not_exhaust_anything() {
        for (String huge :
                List.of("1e1000000000", "1e2147483647", "123e2147483647", "1e-2147483647")) {
            var body = Json.obj(Map.of("n", new Json.Num(new BigDecimal(huge))));
            assertRefused(
                    "`n` is not a whole number in range",
                    () -> JsonFields.of(body).longOrNull("n"));
        }
    }

    private static JsonFields number(String text) {
        return fields("{\"n\":" + text + "}");
    }

    private static JsonFields fields(String text) {
        return JsonFields.of(Json.parse(text));
    }

    private static void assertRefused(String expected, Executable take) {
        assertEquals(expected, message(take));
    }

    private static String message(Executable take) {
        return String.valueOf(assertThrows(WireException.class, take).getMessage());
    }
}
