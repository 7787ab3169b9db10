package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatelessFieldsTest {
    private static final Message.Request CALL =
            new Message.Request(
                    Json.of(7),
                    "tools/call",
                    Json.object()
                            .put("name", "büro")
                            .put(
                                    "arguments",
                                    Json.object()
                                            .put("region", "eu")
                                            .put("deep", Json.object().put("n", 3).build())
                                            .build())
                            .build());
    private static final Map<String, String> PARAMS =
            Map.of("region", "region", "count", "deep/n", "absent", "nothing");

    private static String objection(Map<String, String> given) {
        return StatelessFields.objection(
                CALL,
                PARAMS,
                name -> given.containsKey(name) ? List.of(given.get(name)) : List.of(),
                given.keySet());
    }

    @Test
    void the_fields_are_made_of_the_body() {
        assertEquals(
                Map.of(
                        "mcp-protocol-version", "2026-07-28",
                        "mcp-method", "tools/call",
                        "mcp-name", "=?base64?YsO8cm8=?=",
                        "mcp-param-region", "eu",
                        "mcp-param-count", "3"),
                StatelessFields.of(CALL, PARAMS));
    }

    @Test
    void fields_that_say_what_the_body_says_are_right_in_either_form() {
        var good = new HashMap<>(StatelessFields.of(CALL, PARAMS));
        assertEquals("", objection(good));

        good.put("mcp-param-region", "=?base64?ZXU=?=");
        assertEquals("", objection(good));
    }

    @Test
    void fields_that_say_something_else_or_more_or_less_are_wrong() {
        for (Map<String, String> bad :
                List.of(
                        Map.of("mcp-method", "Tools/call"),
                        Map.of("mcp-name", "buro"),
                        Map.of("mcp-param-region", "us"),
                        Map.of("mcp-param-region", "=?base64?ZXU?="),
                        Map.of("mcp-param-region", "=?base64?Z!U=?="),
                        Map.of("mcp-param-region", "=?base64?ZXU="),
                        Map.of("mcp-param-absent", "x"),
                        Map.of("mcp-param-other", "x"))) {
            var fields = new HashMap<>(StatelessFields.of(CALL, PARAMS));
            fields.putAll(bad);
            assertTrue(!objection(fields).isEmpty(), bad.toString());
        }
        for (String name : StatelessFields.of(CALL, PARAMS).keySet()) {
            var fields = new HashMap<>(StatelessFields.of(CALL, PARAMS));
            fields.remove(name);
            assertTrue(!objection(fields).isEmpty(), name);
        }
    }

    @Test
    void the_schema_says_which_arguments_are_repeated() {
        Json.Obj definition =
                (Json.Obj)
                        Json.parse(
                                """
                                {"inputSchema":{"properties":{
                                  "a":{"type":"string","x-mcp-header":"Region"},
                                  "b":{"properties":{"c":{"x-mcp-header":"Count"}}},
                                  "d":{"x-mcp-header":"bad name"}}}}\
                                """);

        assertEquals(Map.of("region", "a", "count", "b/c"), ParamHeaders.of(definition));
    }
}
