package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Servers that the edge starts itself: the protocol's file server and its sample server, over
/// standard input and output.
class McpStdioTest {
    private static final String PACKAGES = "node_modules/@modelcontextprotocol/";

    private Path shared;
    private Installation here;

    @BeforeEach
    void start() throws IOException {
        Path node = NodeClients.installed("node-mcp").directory();
        shared = Files.createTempDirectory("daypass-files").toRealPath();
        Files.writeString(shared.resolve("note.txt"), "read me");
        Files.writeString(shared.resolve("secret.txt"), "do not read me");
        here =
                Installation.configured(
                        """
                        mcp_servers:
                          - { name: files, command: [node, %s, %s] }
                          - { name: everything, command: [node, %s, stdio], environment: { GIVEN: by-the-operator }, processes_max: 2 }
                          - { name: broken, command: [node, -e, "process.exit(3)"] }
                        """
                                .formatted(
                                        node.resolve(PACKAGES + "server-filesystem/dist/index.js"),
                                        shared,
                                        node.resolve(
                                                PACKAGES + "server-everything/dist/index.js")));
    }

    @AfterEach
    void stop() {
        here.close();
        Installation.delete(shared);
    }

    private static String call(String tool, Json arguments) {
        return Json.object()
                .put("jsonrpc", "2.0")
                .put("id", 7)
                .put("method", "tools/call")
                .put("params", Json.object().put("name", tool).put("arguments", arguments).build())
                .build()
                .text();
    }

    private McpSpeaker speaker(String service, String operation, String constraints, String task) {
        Agent agent =
                here.agent(
                        operation.replace('_', '-'),
                        "allow:\n  - {service: %s, operations: [%s], traits: [read, write, delete, personal, secret, outward], constraints: %s}\n"
                                .formatted(service, operation, constraints));
        return new McpSpeaker(agent, agent.open(task), service);
    }

    @Test
    void the_file_server_reads_what_the_account_is_bound_to_and_nothing_else() {
        here.registerStdio("files", "files");
        McpSpeaker speaker =
                speaker(
                        "files",
                        "read_text_file",
                        "{body.path: ['%s']}".formatted(shared.resolve("note.txt")),
                        "read text files");
        Map<String, String> session = speaker.begin("2025-11-25");

        String good = speaker.post(read("note.txt"), session).body();
        String bad = speaker.post(read("secret.txt"), session).body();
        String list = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
        String tools = speaker.post(list, session).body();

        assertTrue(good.contains("read me"), good);
        assertFalse(bad.contains("do not read me"), bad);
        assertTrue(bad.contains("outside this account's bound"), bad);
        assertTrue(tools.contains("read_text_file"), tools);
        assertFalse(tools.contains("write_file"), tools);
    }

    private String read(String file) {
        return call(
                "read_text_file",
                Json.object().put("path", shared.resolve(file).toString()).build());
    }

    @Test
    void a_process_gets_nothing_of_our_environment_and_ends_with_its_account() {
        here.registerStdio("everything", "everything");
        Agent agent =
                here.agent(
                        "looker",
                        "allow:\n  - {service: everything, operations: [get-env], traits: [read]}\n");
        Agent.Opened account = agent.open("get env");
        var speaker = new McpSpeaker(agent, account, "everything");
        Map<String, String> session = speaker.begin("2025-11-25");

        String heard = speaker.post(call("get-env", Json.object().build()), session).body();

        assertTrue(heard.contains("by-the-operator"), heard);
        assertFalse(heard.contains("JAVA_HOME"), heard);
        assertFalse(heard.contains("HOME"), heard);
        Await.until("one process is its own", () -> running().size() == 1);

        Installation.must(agent.send("POST", "/v1/accounts/" + account.id() + "/complete"));

        Await.until("its process ends", () -> running().isEmpty());
    }

    @Test
    void no_more_processes_run_than_the_operator_allows() {
        here.registerStdio("everything", "everything");
        McpSpeaker speaker = speaker("everything", "echo", "{}", "echo something");
        Await.until("what was asked for the registration ends", () -> running().isEmpty());
        speaker.begin("2025-11-25");
        speaker.begin("2025-11-25");

        McpSpeaker.Said third = speaker.post(McpSpeaker.initialize("2025-11-25"), Map.of());

        assertEquals(502, third.status(), third.body());
        assertEquals(2, running().size());
    }

    @Test
    void a_program_that_ends_at_once_is_told_and_only_the_configuration_names_programs() {
        Answer broken = put("{\"stdio\":\"broken\"}");
        Answer unknown = put("{\"stdio\":\"rm\"}");
        Answer smuggled =
                put(
                        "{\"source\":\"x\",\"upstream\":\"stdio:files\",\"credential\":{\"kind\":\"bearer\",\"value\":\"abcdefgh\"},\"mcp\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{}}]}}");

        assertEquals(400, broken.status());
        assertEquals(400, unknown.status());
        assertTrue(unknown.bodyText().contains("the configuration has no `mcp_servers`"));
        assertEquals(400, smuggled.status(), smuggled.bodyText());
    }

    private Answer put(String body) {
        return here.operator().send("PUT", "/v1/services/x", Json.parse(body));
    }

    /// The processes of the sample server that run below this one.
    private static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(p ->
                        p.info()
                                .commandLine()
                                .filter(line -> line.contains("server-everything"))
                                .isPresent())
                .toList();
    }
}
