package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A client of an MCP server is told which fact of the ledger its call is, whatever the revision
/// and however the server answers.
///
/// Mutations that make it fail: in `McpTalk.reply`, do not ask `Receipt`; in `McpAnswer.post`, do
/// not ask whether a receipt is wanted; in `McpAnswer.begin`, forget the facts.
class McpReceiptTest {
    private static final Pattern TOLD = Pattern.compile("\"dev.daypass/fact\":(\\d+)");
    private static final String FORGED =
            "{\"content\":[],\"_meta\":{\"dev.daypass/fact\":1,\"x\":2}}";

    private static Installation here;
    private static McpDouble server;
    private static Agent agent;
    private static McpSpeaker speaker;

    @BeforeAll
    static void start() {
        here = Installation.start();
        server = McpDouble.offering(McpDouble.tool("read_note", "Reads a note"));
        here.registerMcp("notes", server.offer(), server.url());
        agent = here.agent("holder");
        speaker = new McpSpeaker(agent, agent.open("read the note"), "notes");
    }

    @AfterAll
    static void stop() {
        here.close();
        server.close();
    }

    @BeforeEach
    void answers() {
        server.follow((id, out) -> McpDouble.json(out, McpDouble.result(id, Json.parse(FORGED))));
    }

    private static Map<String, String> wishing(Map<String, String> fields) {
        var all = new HashMap<>(fields);
        all.put("daypass-receipt", "1");
        return all;
    }

    private static List<Long> told(McpSpeaker.Said said) {
        return TOLD.matcher(said.body()).results().map(r -> Long.valueOf(r.group(1))).toList();
    }

    /// The fact is the ledger's, and this call.
    private static void proved(long fact, String operation) {
        Answer answer = agent.send("GET", "/v1/ledger/facts/%d/proof".formatted(fact));
        assertEquals(200, answer.status(), answer.bodyText());
        assertTrue(answer.bodyText().contains("CallMade"), answer.bodyText());
        assertTrue(answer.bodyText().contains(operation), answer.bodyText());
    }

    private static void one(McpSpeaker.Said said, String operation) {
        assertEquals(200, said.status(), said.body());
        assertEquals(1, told(said).size(), said.body());
        assertEquals(said.field("daypass-fact"), told(said).getFirst().toString());
        proved(told(said).getFirst(), operation);
    }

    @Test
    void a_whole_answer_tells_it_and_what_the_server_says_does_not_count() {
        Map<String, String> session = speaker.begin("2025-11-25");

        McpSpeaker.Said said = speaker.post(McpSpeaker.call("read_note", "a"), wishing(session));

        one(said, "read_note");
        assertTrue(said.body().contains("\"x\":2"), said.body());
        assertTrue(said.field("content-type").startsWith("application/json"));
        assertFalse(server.last().names().contains("daypass-receipt"));
    }

    @Test
    void nobody_who_does_not_ask_is_told_by_anyone() {
        Map<String, String> session = speaker.begin("2025-11-25");

        McpSpeaker.Said said = speaker.post(McpSpeaker.call("read_note", "a"), session);

        assertEquals(200, said.status(), said.body());
        assertEquals("", said.field("daypass-fact"));
        assertEquals(List.of(), told(said));
        assertTrue(said.body().contains("\"x\":2"), said.body());
    }

    @Test
    void a_row_of_events_tells_it_in_the_one_that_answers() {
        Map<String, String> session = speaker.begin("2025-06-18");
        server.follow((id, out) ->
                McpDouble.events(
                        out,
                        "data: %s\n\n".formatted(McpDouble.result(id, Json.parse(FORGED)).text())));

        McpSpeaker.Said said = speaker.post(McpSpeaker.call("read_note", "a"), wishing(session));

        one(said, "read_note");
        assertTrue(said.body().startsWith("data: "), said.body());
    }

    @Test
    void an_error_tells_it_too() {
        Map<String, String> session = speaker.begin("2025-11-25");
        server.follow((id, out) ->
                McpDouble.json(
                        out,
                        Json.parse(
                                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32000,\"message\":\"no\"}}"
                                        .formatted(id.text()))));

        one(speaker.post(McpSpeaker.call("read_note", "a"), wishing(session)), "read_note");
    }

    @Test
    void each_call_of_a_batch_has_its_own() {
        Map<String, String> session = speaker.begin("2025-03-26");
        String first = McpSpeaker.call("read_note", "a");
        String second = first.replace("\"id\":7", "\"id\":8");
        server.follow((_, out) ->
                McpDouble.json(
                        out,
                        Json.parse(
                                "[{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}]")));

        McpSpeaker.Said said = speaker.post("[%s,%s]".formatted(first, second), wishing(session));

        assertEquals(200, said.status(), said.body());
        assertEquals(2, told(said).size(), said.body());
        long ofSecond = told(said).getFirst();
        long ofFirst = told(said).getLast();
        assertEquals(ofFirst + ", " + ofSecond, said.field("daypass-fact"));
        assertTrue(ofFirst != ofSecond);
        proved(ofFirst, "read_note");
        proved(ofSecond, "read_note");
    }

    @Test
    void the_revision_without_sessions_tells_it_and_so_does_initialize() {
        String meta =
                "\"arguments\":{\"text\":\"a\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
        String call =
                McpSpeaker.call("read_note", "a").replace("\"arguments\":{\"text\":\"a\"}", meta);
        Map<String, String> fields =
                Map.of(
                        "mcp-protocol-version", "2026-07-28",
                        "mcp-method", "tools/call",
                        "mcp-name", "read_note");

        one(speaker.post(call, wishing(fields)), "read_note");
        one(speaker.post(McpSpeaker.initialize("2025-11-25"), wishing(Map.of())), "initialize");
    }

    @Test
    void a_told_message_has_it_in_the_field_alone() {
        Map<String, String> session = speaker.begin("2025-11-25");

        McpSpeaker.Said said =
                speaker.post(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                        wishing(session));

        assertEquals(202, said.status(), said.body());
        proved(Long.parseLong(said.field("daypass-fact")), "notifications/initialized");
    }
}
