package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an account sees of the answers of an MCP server: never what its permission drops, in
/// whatever form and on whichever stream the server says it.
///
/// Mutations that make it fail: in `McpTalk.reply`, do not ask for limits, or take them from the
/// call that the answer comes with instead of from the session; in `McpLimits`, keep `_meta`, do
/// not mask `structuredContent`, or let errors through; in `McpTalk.stream`, let notifications
/// through; in `Filtering.tools`, keep schemas.
class McpLimitsTest {
    private static final String SECRET = "ana@x.example";
    private static final String DATA =
            "{\"id\":1,\"email\":\""
                    + SECRET
                    + "\",\"items\":[1,2,3,4,{\"email\":\""
                    + SECRET
                    + "\"}]}";
    private static final String LEFT = "{\"id\":1,\"items\":[1,2]}";

    private static Installation here;
    private static McpDouble server;
    private static McpSpeaker speaker;
    private static Map<String, String> session;

    @BeforeAll
    static void start() {
        here = Installation.start();
        server = McpDouble.offering(tool());
        here.registerMcp("notes", server.offer(), server.url());
        Agent agent =
                here.agent(
                        "limited",
                        """
                        allow:
                          - service: notes
                            operations: [read_note]
                            traits: [read]
                            answer: {drop: ["/**/email"], items_max: 2}
                        """);
        speaker = new McpSpeaker(agent, agent.open("read the note"), "notes");
        session = speaker.begin("2025-11-25");
    }

    @AfterAll
    static void stop() {
        here.close();
        server.close();
    }

    private static Json tool() {
        var members = new java.util.LinkedHashMap<>(McpDouble.tool("read_note", "Reads").members());
        members.put("outputSchema", Json.parse("{\"type\":\"object\",\"required\":[\"email\"]}"));
        return Json.obj(members);
    }

    private static String quoted(String text) {
        return Json.of(text).text();
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":" + quoted(text) + "}";
    }

    /// What the client hears of a result.
    private static String heard(String result) {
        server.follow((id, out) ->
                McpDouble.json(
                        out,
                        Json.parse(
                                "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}"
                                        .formatted(id.text(), result))));
        McpSpeaker.Said said = speaker.post(McpSpeaker.call("read_note", "x"), session);
        assertFalse(said.body().contains("ana@"), said.body());
        assertEquals(1, server.bodies().size());
        return said.body();
    }

    private static void refused(String result, String why) {
        String heard = heard(result);
        assertTrue(heard.contains("\"code\":-31002"), heard);
        assertTrue(heard.contains("cannot be limited: "), heard);
        assertTrue(heard.contains(why), heard);
    }

    @Test
    void each_text_and_the_structured_content_are_masked_and_lists_are_capped() {
        String heard =
                heard(
                        "\"result\":{\"content\":[%s,%s,%s],\"structuredContent\":%s,\"isError\":false}"
                                .formatted(text(DATA), text("[1,2,3]"), text(DATA), DATA));

        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"isError\":false,\"content\":[%s,%s],\"structuredContent\":%s}}"
                        .formatted(text("{\"id\":1,\"items\":[1,2]}"), text("[1,2]"), LEFT),
                heard);
    }

    @Test
    void what_is_no_json_is_not_given_at_all() {
        refused("\"result\":{\"content\":[" + text("Ana, " + SECRET) + "]}", "well-formed json");
        refused("\"result\":{\"content\":[" + text(DATA + DATA) + "]}", "json");
        refused(
                "\"result\":{\"content\":[" + text("{\"a\":1,\"a\":\"" + SECRET + "\"}") + "]}",
                "twice");
        refused(
                "\"result\":{\"content\":[{\"type\":\"image\",\"data\":\"YW5h\",\"mimeType\":\"image/png\"}]}",
                "no text");
        refused(
                "\"result\":{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"text\":\"%s\"}}]}"
                        .formatted(SECRET),
                "no text");
        refused("\"result\":{\"content\":\"" + SECRET + "\"}", "no list");
        refused(
                "\"result\":{\"content\":[" + text("no " + SECRET) + "],\"isError\":true}",
                "well-formed json");
    }

    @Test
    void errors_and_what_stands_beside_are_not_told() {
        refused(
                "\"error\":{\"code\":-32000,\"message\":\"no %s\",\"data\":\"%s\"}"
                        .formatted(SECRET, SECRET),
                "an error");
        refused(
                "\"result\":{\"resultType\":\"input_required\",\"requestState\":\"%s\",\"content\":[]}"
                        .formatted(SECRET),
                "not complete");
        refused("\"result\":{\"isError\":{\"a\":\"%s\"}}".formatted(SECRET), "isError");
        String heard =
                heard(
                        "\"result\":{\"_meta\":{\"a\":\"%s\"},\"more\":\"%s\",\"content\":[{\"type\":\"text\",\"text\":\"1\",\"annotations\":{\"a\":\"%s\"},\"_meta\":{\"a\":\"%s\"}}]}"
                                .formatted(SECRET, SECRET, SECRET, SECRET));
        assertTrue(
                heard.contains("\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"1\"}]}"),
                heard);
    }

    @Test
    void an_answer_that_comes_on_another_stream_is_limited_there() {
        server.follow((_, out) -> McpDouble.events(out, "id: a1\n: later\n\n"));
        speaker.post(McpSpeaker.call("read_note", "x"), session);
        String answer =
                "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[%s]}}\n\n"
                        .formatted(text(DATA));
        server.follow((_, out) -> McpDouble.events(out, answer));

        String heard = speaker.send("GET", session).body();

        assertTrue(heard.contains("\\\"items\\\":[1,2]"), heard);
        assertFalse(heard.contains("ana@"), heard);
    }

    @Test
    void the_server_says_nothing_of_its_own_accord() {
        String events =
                """
                data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"ana@x.example"}}

                data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"message":"ana@x.example"}}

                data: {"jsonrpc":"2.0","id":7,"result":{"content":[]}}

                """;
        server.follow((_, out) -> McpDouble.events(out, events));

        String heard = speaker.post(McpSpeaker.call("read_note", "x"), session).body();

        assertTrue(heard.contains("\"result\":{\"content\":[]}"), heard);
        assertFalse(heard.contains("ana@"), heard);
        assertFalse(speaker.send("GET", session).body().contains("ana@"));
    }

    @Test
    void batches_are_limited_answer_by_answer() {
        Map<String, String> older = speaker.begin("2025-03-26");
        server.follow((_, out) ->
                McpDouble.json(
                        out,
                        Json.array(
                                List.of(
                                        McpDouble.result(Json.of(7), DATA),
                                        McpDouble.result(Json.of(8), DATA)))));
        String call = McpSpeaker.call("read_note", "x");

        String heard =
                speaker.post("[" + call + "," + call.replace("\"id\":7", "\"id\":8") + "]", older)
                        .body();

        assertEquals(2, heard.split("\\[1,2\\]", -1).length - 1, heard);
        assertFalse(heard.contains("ana@"), heard);
    }

    @Test
    void no_schema_promises_what_the_account_does_not_see() {
        String listed =
                speaker.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session)
                        .body();

        assertTrue(listed.contains("\"name\":\"read_note\""), listed);
        assertFalse(listed.contains("outputSchema"), listed);
    }
}
