package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients try so that something else is done than was judged: nothing of it reaches the
/// server.
class McpAttackTest {
    private static final String CEILING =
            """
            allow:
              - service: notes
                operations: [read_note]
                traits: [read]
                constraints:
                  body.text: [public]
            """;

    private static Installation here;
    private static McpDouble server;
    private static Agent agent;
    private static Agent.Opened account;
    private static McpSpeaker speaker;
    private static Map<String, String> session;

    @BeforeAll
    static void start() {
        here = Installation.start();
        server =
                McpDouble.offering(
                        McpDouble.tool("read_note", "Reads a note"),
                        McpDouble.tool("delete_note", "Deletes a note"));
        here.registerMcp("notes", server.offer(), server.url());
        agent = here.agent("reader", CEILING);
        account = agent.open("read the note");
        speaker = new McpSpeaker(agent, account, "notes");
        session = speaker.begin("2025-11-25");
    }

    @AfterAll
    static void stop() {
        here.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.follow((id, out) -> McpDouble.json(out, McpDouble.result(id, "done")));
    }

    private static McpSpeaker.Said post(String body) {
        return speaker.post(body, session);
    }

    private static void refused(String body, String why) {
        McpSpeaker.Said said = post(body);

        assertTrue(said.body().contains("\"error\""), said.body());
        assertTrue(said.body().contains(why), said.body());
        assertEquals(List.of(), server.bodies(), "nothing reaches the server");
    }

    @Test
    void what_was_judged_is_sent_in_one_canonical_form() {
        McpSpeaker.Said said =
                post(
                        """
                        { "params": {"arguments": {"text": "publi\\u0063"}, "name": "read_note"},
                          "method": "tools/call", "id": 7, "jsonrpc": "2.0" }\
                        """);

        assertEquals(200, said.status(), said.body());
        assertTrue(said.body().contains("done"));
        assertEquals(
                List.of(
                        "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"arguments\":{\"text\":\"public\"},\"name\":\"read_note\"}}"),
                server.bodies());
        assertEquals(McpDouble.SESSION, server.last().field("mcp-session-id"));
        assertEquals("", server.last().field("authorization"));
    }

    @Test
    void methods_are_names_and_capitals_count() {
        String call = McpSpeaker.call("read_note", "public");
        refused(call.replace("tools/call", "Tools/call"), "is not passed on");
        refused(call.replace("tools/call", "tools/Call"), "is not passed on");
        refused(call.replace("tools/call", "tools/call "), "`method` must be");
        refused(call.replace("tools/call", "tools\\\\/call"), "`method` must be");
        refused(call.replace("tools/call", "tasks/cancel"), "is not passed on");
    }

    @Test
    void no_name_may_stand_twice() {
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"method\":\"tools/call\",\"params\":{\"name\":\"delete_note\"}}",
                "no name may stand twice");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"name\":\"delete_note\",\"arguments\":{\"text\":\"public\"}}}",
                "no name may stand twice");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"arguments\":{\"text\":\"public\",\"text\":\"secret\"}}}",
                "no name may stand twice");
    }

    @Test
    void a_name_that_could_be_taken_for_another_is_refused() {
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"Name\":\"delete_note\",\"arguments\":{\"text\":\"public\"}}}",
                "takes no parameters but");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"arguments\":{\"text\":\"public\",\"Text\":\"secret\"}}}",
                "could be taken for `body.text`");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"Method\":\"tools/call\",\"method\":\"ping\"}",
                "a message has no members but");
    }

    @Test
    void look_alikes_of_a_tool_are_other_tools() {
        for (String name :
                List.of(
                        "Read_note",
                        "read_n\\u043ete",
                        "read_note ",
                        "\\uff52ead_note",
                        "read_note/",
                        "./read_note",
                        "../tools/read_note",
                        "read_note%00",
                        "read%5fnote")) {
            McpSpeaker.Said said = post(McpSpeaker.call(name, "public"));
            assertTrue(said.body().contains("\"error\""), name + " " + said.body());
            assertEquals(List.of(), server.bodies(), name);
        }
    }

    @Test
    void an_argument_outside_its_bound_is_refused_with_the_bound() {
        refused(McpSpeaker.call("read_note", "secret"), "outside this account's bound");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\"}}",
                "must be given");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"arguments\":[\"public\"]}}",
                "`arguments` must be an object");
    }

    @Test
    void a_tool_that_is_not_granted_says_how_to_get_it() {
        McpSpeaker.Said said = post(McpSpeaker.call("delete_note", "public"));

        assertEquals(403, said.status());
        assertTrue(said.field("www-authenticate").contains("error=\"insufficient_scope\""));
        assertTrue(
                said.field("www-authenticate")
                        .contains("/.well-known/oauth-protected-resource/notes/mcp"));
        assertTrue(said.body().contains("is not among the operations of this account"));
        assertEquals(List.of(), server.bodies());
    }

    @Test
    void ids_are_short_and_whole() {
        String call = McpSpeaker.call("read_note", "public");
        refused(call.replace("\"id\":7", "\"id\":null"), "`id` must be");
        refused(call.replace("\"id\":7", "\"id\":7.5"), "`id` must be");
        refused(call.replace("\"id\":7", "\"id\":90071992547409930"), "`id` must be");
        refused(call.replace("\"id\":7", "\"id\":\"" + "7".repeat(129) + "\""), "`id` must be");
        refused(call.replace("\"id\":7", "\"id\":{}"), "`id` must be");
    }

    @Test
    void a_batch_is_for_the_revision_that_has_batches_and_is_never_nested() {
        String call = McpSpeaker.call("read_note", "public");
        refused("[" + call + "]", "only revision 2025-03-26 has batches");
        refused("[[" + call + "]]", "a message is a json object");
        refused("[]", "a batch has 1 to 50 messages");
    }

    @Test
    void of_a_batch_all_is_sent_or_nothing() {
        Map<String, String> older = speaker.begin("2025-03-26");
        server.follow((_, out) ->
                Upstream.say(
                        out,
                        "200 OK",
                        "[{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{}}]",
                        "Content-Type: application/json"));
        String good = McpSpeaker.call("read_note", "public");
        String bad = McpSpeaker.call("delete_note", "public").replace("\"id\":7", "\"id\":8");

        McpSpeaker.Said refused = speaker.post("[" + good + "," + bad + "]", older);

        assertEquals(403, refused.status(), refused.body());
        assertEquals(List.of(), server.bodies());

        String other = good.replace("\"id\":7", "\"id\":8");
        McpSpeaker.Said said = speaker.post("[" + good + "," + other + "]", older);

        assertEquals(200, said.status(), said.body());
        assertEquals(1, server.bodies().size());
        assertTrue(said.body().startsWith("[{"), said.body());
    }

    @Test
    void an_answer_is_only_to_what_was_asked() {
        refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "answers nothing that was asked");
        refused(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}",
                "a message asks or answers, not both");
    }

    @Test
    void a_session_is_of_one_account() {
        McpSpeaker other = new McpSpeaker(agent, agent.open("read the note"), "notes");

        McpSpeaker.Said said = other.post(McpSpeaker.call("read_note", "public"), session);

        assertEquals(404, said.status(), said.body());
        assertEquals(List.of(), server.bodies());
        assertEquals(
                404,
                speaker.post(
                                McpSpeaker.call("read_note", "public"),
                                Map.of("mcp-session-id", McpDouble.SESSION))
                        .status());
        assertEquals(400, speaker.post(McpSpeaker.call("read_note", "public"), Map.of()).status());
    }

    @Test
    void the_servers_own_session_is_not_shown() {
        McpSpeaker.Said said = speaker.post(McpSpeaker.initialize("2025-11-25"), Map.of());

        assertFalse(said.field("mcp-session-id").isEmpty());
        assertFalse(said.field("mcp-session-id").contains(McpDouble.SESSION));
        assertFalse(said.body().contains(McpDouble.SESSION));
    }

    @Test
    void what_the_server_may_not_ask_it_does_not_hear_of() {
        speaker.post(McpSpeaker.initialize("2025-11-25"), Map.of());

        assertTrue(server.bodies().getFirst().contains("\"capabilities\":{}"));
    }

    @Test
    void the_revision_is_the_one_that_was_agreed_on() {
        var fields = new HashMap<>(session);
        fields.put("mcp-protocol-version", "2025-06-18");
        McpSpeaker.Said other = speaker.post(McpSpeaker.call("read_note", "public"), fields);
        fields.put("mcp-protocol-version", "1999-01-01");
        McpSpeaker.Said unknown = speaker.post(McpSpeaker.call("read_note", "public"), fields);

        assertEquals(400, other.status());
        assertEquals(400, unknown.status());
        assertEquals(List.of(), server.bodies());
    }

    @Test
    void pages_of_other_sites_may_not_call() {
        var fields = new HashMap<>(session);
        fields.put("origin", "https://evil.example");

        assertEquals(403, speaker.post(McpSpeaker.call("read_note", "public"), fields).status());
        assertEquals(List.of(), server.bodies());
    }

    @Test
    void a_tool_is_not_called_by_its_place_in_the_tree() {
        var straight = agent.call("POST", "/notes/mcp/tools/read_note", account);

        assertEquals(404, straight.status());
        assertEquals(List.of(), server.bodies());
    }

    @Test
    void header_fields_of_the_stateless_revision_must_say_what_the_body_says() {
        String call =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"arguments\":{\"text\":\"public\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        var good =
                Map.of(
                        "mcp-protocol-version", "2026-07-28",
                        "mcp-method", "tools/call",
                        "mcp-name", "read_note");
        assertEquals(200, speaker.post(call, good).status());
        assertEquals("read_note", server.last().field("mcp-name"));
        server.follow((id, out) -> McpDouble.json(out, McpDouble.result(id, "done")));

        for (Map<String, String> bad :
                List.of(
                        Map.of("mcp-name", "delete_note"),
                        Map.of("mcp-method", "tools/list"),
                        Map.of("mcp-protocol-version", "2025-11-25"),
                        Map.of("mcp-param-text", "public"))) {
            var fields = new HashMap<>(good);
            fields.putAll(bad);
            McpSpeaker.Said said = speaker.post(call, fields);
            assertEquals(400, said.status(), bad + said.body());
            assertTrue(said.body().contains("-32020"), bad + said.body());
        }
        assertEquals(400, speaker.post(call, Map.of()).status());
        assertEquals(List.of(), server.bodies());
    }

    @Test
    void refused_calls_are_in_the_ledger_and_so_are_made_ones() {
        // Of an account that was refused much already, refusals are only counted.
        var fresh = new McpSpeaker(agent, agent.open("read the note"), "notes");
        Map<String, String> its = fresh.begin("2025-11-25");
        fresh.post(McpSpeaker.call("delete_note", "public"), its);
        fresh.post(McpSpeaker.call("read_note", "public"), its);

        Await.until(
                "both are recorded",
                () -> {
                    String facts = Ledger.of(here);
                    return facts.contains("`delete_note` is not among the operations")
                            && facts.contains("\"request\":\"tools/call\"");
                });
    }
}
