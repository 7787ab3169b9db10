package dev.daypass.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void what_was_written_is_read_again() {
        Map<String, Object> value =
                Map.of(
                        "text",
                        "a \"quoted\" \\ line\nand \u2028 é 🛂",
                        "number",
                        42L,
                        "part",
                        -0.5,
                        "yes",
                        true,
                        "list",
                        List.of(1L, List.of(), Map.of("a", "b")));

        assertEquals(Optional.of(value), Json.object(Json.write(value)));
    }

    @Test
    void what_is_null_is_not_there() {
        assertEquals(Optional.of(Map.of("b", 1L)), Json.object("{\"a\":null , \"b\" : 1 }"));
    }

    @Test
    void escapes_are_read() {
        assertEquals(
                Optional.of(Map.of("a", "/\b\f\n\r\té")),
                Json.object("{\"a\":\"\\/\\b\\f\\n\\r\\t\\u00e9\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"}",
                "{} {}",
                "[]",
                "1",
                "{\"a\":[1,]}"
            })
    void what_is_no_object_is_none(String text) {
        assertEquals(Optional.empty(), Json.object(text));
    }

    @Test
    void what_is_nested_without_end_is_none() {
        assertEquals(Optional.empty(), Json.object("{\"a\":".repeat(100_000)));
    }
}
