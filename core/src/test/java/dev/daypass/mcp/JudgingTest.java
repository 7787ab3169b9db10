package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Permission;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WrittenJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgingTest {
    private static final Permission BOUND =
            McpWorld.permission(
                    McpWorld.READ_NOTE,
                    Map.of("body.text", Constraint.fromJson(Json.strings(List.of("public")))));

    private static Verdict judged(Judging judging, String method, String params) {
        byte[] text =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}"
                        .formatted(method, params)
                        .getBytes(StandardCharsets.UTF_8);
        if (MessageReader.ofClient().read(text)
                instanceof MessageReader.Reading.Messages(var all, var _, var written)) {
            return judging.judge(all.getFirst(), written);
        }
        throw new AssertionError("was not read");
    }

    private static String refused(Judging judging, String method, String params) {
        if (judged(judging, method, params)
                instanceof Verdict.Refused(var code, var why, var scope)) {
            return code + (scope ? " scope " : " ") + why;
        }
        throw new AssertionError("was not refused: " + method + params);
    }

    private static void used(String operation, Verdict verdict) {
        assertTrue(
                verdict instanceof Verdict.Use(var _, var by)
                        && by.operation().name().equals(operation),
                () -> String.valueOf(verdict));
    }

    @Test
    void a_tool_is_used_within_its_bounds() {
        Judging judging = McpWorld.judging(McpWorld.pins(), BOUND);

        used(
                "read_note",
                judged(
                        judging,
                        "tools/call",
                        "{\"name\":\"read_note\",\"arguments\":{\"text\":\"public\"}}"));
        assertTrue(
                refused(
                                judging,
                                "tools/call",
                                "{\"name\":\"read_note\",\"arguments\":{\"text\":\"other\"}}")
                        .startsWith("-32602 `body.text` is outside"));
        assertTrue(
                refused(judging, "tools/call", "{\"name\":\"read_note\"}")
                        .contains("must be given"));
    }

    @Test
    void what_is_not_granted_is_refused_with_the_scope_that_would_help() {
        Judging judging = McpWorld.judging(McpWorld.pins(), BOUND);

        assertTrue(
                refused(judging, "tools/call", "{\"name\":\"delete_note\"}")
                        .startsWith("-31003 scope"));
        assertTrue(
                refused(judging, "tools/call", "{\"name\":\"no_such\"}")
                        .startsWith("-31003 scope"));
        assertTrue(
                refused(judging, "resources/read", "{\"uri\":\"a://b\"}")
                        .startsWith("-31003 scope"));
        assertTrue(refused(judging, "prompts/get", "{\"name\":\"p\"}").startsWith("-31003 scope"));
    }

    @Test
    void what_belongs_to_the_protocol_passes_and_what_does_not_is_refused() {
        Judging judging = McpWorld.judging(McpWorld.pins(), BOUND);

        for (String method : Set.of("initialize", "ping", "tools/list", "resources/list")) {
            assertEquals(new Verdict.Pass(), judged(judging, method, "{}"));
        }
        for (String method :
                Set.of("tasks/list", "Ping", "tools/call/x", "sampling/createMessage")) {
            assertTrue(refused(judging, method, "{}").startsWith("-32601"), method);
        }
        WrittenJson written =
                WrittenJson.parse("{}".getBytes(StandardCharsets.UTF_8), JsonLimits.CALL);
        assertTrue(
                judging.judge(
                                new Message.Notification(
                                        "notifications/tools/list_changed", Json.object().build()),
                                written)
                        instanceof Verdict.Refused);
    }

    @Test
    void a_document_is_read_by_its_exact_address() {
        Judging judging =
                McpWorld.judging(
                        McpWorld.pins(),
                        McpWorld.permission(
                                McpWorld.DOCUMENTS,
                                Map.of(
                                        "query.uri",
                                        Constraint.fromJson(
                                                Json.strings(List.of("file:///a/b"))))));

        used(Offer.READ, judged(judging, "resources/read", "{\"uri\":\"file:///a/b\"}"));
        used(Offer.READ, judged(judging, "resources/subscribe", "{\"uri\":\"file:///a/b\"}"));
        used(
                Offer.READ,
                judged(
                        judging,
                        "completion/complete",
                        "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"file:///a/b\"}}"));
        for (String uri :
                List.of(
                        "file:///a/./b",
                        "file:///a/x/../b",
                        "file:///a/%2e%2e/b",
                        "file:///a%2fb",
                        "file:///a\\\\b",
                        "FILE:///a/b",
                        "file:///a/b ",
                        "file:///a/b%00")) {
            assertTrue(
                    judged(judging, "resources/read", "{\"uri\":\"%s\"}".formatted(uri))
                            instanceof Verdict.Refused,
                    uri);
        }
        assertTrue(
                judged(
                                judging,
                                "subscriptions/listen",
                                "{\"notifications\":{\"resourceSubscriptions\":[\"file:///c\"]}}")
                        instanceof Verdict.Refused);
    }

    @Test
    void a_changed_tool_is_refused_whatever_the_grant_says() {
        var changed = new Pins(McpWorld.pins().accepted(), Map.of("read_note", "x"), Map.of());
        Judging judging = McpWorld.judging(changed, BOUND);

        assertTrue(
                refused(
                                judging,
                                "tools/call",
                                "{\"name\":\"read_note\",\"arguments\":{\"text\":\"public\"}}")
                        .startsWith("-31009"));
    }

    @Test
    void a_server_may_ask_only_what_was_granted() {
        Judging without = McpWorld.judging(McpWorld.pins(), BOUND);
        Judging with =
                McpWorld.judging(McpWorld.pins(), McpWorld.permission(McpWorld.SAMPLING, Map.of()));

        assertFalse(without.mayAsk("sampling/createMessage"));
        assertFalse(without.mayAskAnything());
        assertTrue(with.mayAsk("sampling/createMessage"));
        assertFalse(with.mayAsk("elicitation/create"));
        assertFalse(with.mayAsk("tools/call"));
    }
}
