package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.catalog.McpDiscovery;
import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The protocol's conformance suite, against its own sample server and against one made with its
/// own SDK: what passes without the edge passes through it. `docs/mcp-conformance.md` says what
/// does not apply, and why.
class McpConformanceTest {
    private static final int COMPARED_MIN = 55;

    private static final Path DOCUMENT =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "mcp-conformance.md")
                    .toAbsolutePath();

    private static final List<String> CLIENT =
            List.of("sampling/createMessage", "elicitation/create", "roots/list");

    /// What the accounts are for.
    private static final Map<String, String> TASKS =
            Map.of(
                    "caller",
                    """
                    test simple text, test image content, test audio content, test embedded resource, \
                    test multiple content types, test error handling, test tool with progress, test custom headers, \
                    test input required result elicitation, test input required result sampling, \
                    test input required result list roots; create sampling messages, create elicitations and send them, \
                    list roots\
                    """,
                    "reader",
                    "read documents, get prompts",
                    "sampler",
                    "echo, get sums, get env, get tiny images, read documents, get prompts");

    private static Json.Obj suite(
            String service,
            List<String> accounts,
            NodeServer server,
            String version,
            String... apart) {
        return Json.object()
                .put("service", service)
                .put("accounts", Json.strings(accounts))
                .put("direct", server.endpoint().toString())
                .put("version", version)
                .put("apart", Json.strings(List.of(apart)))
                .build();
    }

    private static Json.Obj account(Installation here, String name) {
        String ceiling =
                "allow:\n  - {service: '*', traits: [read, write, delete, money, personal, secret, admin, outward, identity]}\n";
        Agent agent = here.agent(name, ceiling);
        Json.Obj wish =
                Json.object()
                        .put("task", TASKS.getOrDefault(name, ""))
                        .put("ttl", "10m")
                        .put(
                                "services",
                                Json.strings(
                                        List.of(name.equals("sampler") ? "everything" : "wanted")))
                        .build();
        return Json.object()
                .put("agent", here.identity(name).toString())
                .put("token", agent.open(wish).token().reveal())
                .build();
    }

    @TestFactory
    List<DynamicTest> what_passes_without_the_edge_passes_through_it() throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (NodeServer sample =
                        NodeServer.start(
                                node.directory(),
                                "node_modules/@modelcontextprotocol/server-everything/dist/index.js",
                                "streamableHttp");
                NodeServer wanted = NodeServer.start(node.directory(), "conformance-server.mjs");
                Installation here = Installation.start()) {
            here.registerMcp(
                    "wanted",
                    McpDiscovery.over(wanted.endpoint(), Map.of(), CLIENT),
                    wanted.endpoint().toString());
            here.registerMcp(
                    "everything",
                    McpDiscovery.over(sample.endpoint(), Map.of(), List.of()),
                    sample.endpoint().toString());
            Json.Obj given =
                    Json.object()
                            .put("issuer", here.issuer().toString())
                            .put(
                                    "accounts",
                                    Json.object()
                                            .put("caller", account(here, "caller"))
                                            .put("reader", account(here, "reader"))
                                            .put("sampler", account(here, "sampler"))
                                            .build())
                            .put(
                                    "suites",
                                    Json.array(
                                            List.of(
                                                    suite(
                                                            "everything",
                                                            List.of("sampler"),
                                                            sample,
                                                            "2025-11-25",
                                                            // It has no such tools; it says so
                                                            // otherwise than the edge does.
                                                            "tools-call-simple-text",
                                                            "tools-call-error"),
                                                    suite(
                                                            "wanted",
                                                            List.of("caller", "reader"),
                                                            wanted,
                                                            "2025-11-25"),
                                                    suite(
                                                            "wanted",
                                                            List.of("caller", "reader"),
                                                            wanted,
                                                            "2026-07-28"))))
                            .build();
            List<DynamicTest> compared =
                    NodeCases.of(
                            node.run(
                                    "conformance.mjs",
                                    here.identity("caller").resolve("ca.pem"),
                                    given.text()));
            // Where the servers pass nothing any more, nothing would be compared.
            assertTrue(compared.size() >= COMPARED_MIN, () -> compared.size() + " scenarios");
            return compared;
        }
    }

    @TestFactory
    List<DynamicTest> what_the_suite_says_of_authorization_is_what_the_docs_say()
            throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (McpDouble server = McpDouble.offering(McpDouble.tool("read_note", "Reads a note"));
                Installation here = Installation.start()) {
            here.registerMcp("modern", server.offer(), server.url());
            here.agent("prover");
            return NodeCases.of(
                    node.run(
                            "authorization.mjs",
                            here.identity("prover").resolve("ca.pem"),
                            Json.object()
                                    .put("issuer", here.issuer().toString())
                                    .put("accounts", Json.object().build())
                                    .put("document", DOCUMENT.toString())
                                    .build()
                                    .text()));
        }
    }
}
