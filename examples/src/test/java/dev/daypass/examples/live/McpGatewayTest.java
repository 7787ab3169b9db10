package dev.daypass.examples.live;

import dev.daypass.catalog.McpDiscovery;
import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Clients and servers that the protocol's makers wrote meet at the edge. The cases are in
/// `src/test/node-mcp`.
///
/// Mutations that make it fail: in `McpApprovals.judge`, do not ask whether the request waited, or
/// whether it was declined; in `WideningWaits.hear`, do not hear of a refusal; in
/// `McpApprovals.binding`, leave out `McpStates.binding`; in `Metadata`, name no authorization
/// endpoint.
class McpGatewayTest {
    private static final String TRAITS =
            "traits: [read, write, delete, money, personal, secret, admin, outward, identity]";

    /// An account of an agent of its own.
    ///
    /// @param operations that its agent may ever have
    /// @param constraints of its agent, as YAML in braces
    /// @param task what it opens the account for
    private record Wish(String operations, String constraints, String task) {
        String ceiling(String service) {
            return "allow:\n  - {service: %s, operations: [%s], %s, constraints: %s}\n"
                    .formatted(service, operations, TRAITS, constraints);
        }
    }

    private static String run(
            NodeClients node,
            Installation here,
            String script,
            String service,
            Map<String, Wish> wishes) {
        var accounts = Json.object();
        String any = "";
        for (var wish : new TreeMap<>(wishes).entrySet()) {
            any = wish.getKey();
            Agent agent = here.agent(any, wish.getValue().ceiling(service));
            accounts.put(
                    any,
                    Json.object()
                            .put("agent", here.identity(any).toString())
                            .put("token", agent.open(wish.getValue().task()).token().reveal())
                            .build());
        }
        return node.run(
                script,
                here.identity(any).resolve("ca.pem"),
                Json.object()
                        .put("issuer", here.issuer().toString())
                        .put("accounts", accounts.build())
                        .build()
                        .text());
    }

    @TestFactory
    List<DynamicTest> the_official_client_and_the_sample_server_meet_at_the_edge()
            throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (NodeServer server =
                        NodeServer.start(
                                node.directory(),
                                "node_modules/@modelcontextprotocol/server-everything/dist/index.js",
                                "streamableHttp");
                Installation here = Installation.start()) {
            Json offer =
                    McpDiscovery.over(
                            server.endpoint(), Map.of(), List.of("sampling/createMessage"));
            here.registerMcp("everything", offer, server.endpoint().toString());
            return NodeCases.of(
                    run(
                            node,
                            here,
                            "everything.mjs",
                            "everything",
                            Map.of(
                                    "echoer",
                                    new Wish(
                                            "echo",
                                            "{body.message: [hello, bye]}",
                                            "echo hello and bye on everything"),
                                    "sampler",
                                    new Wish(
                                            "trigger-sampling-request, sampling/createMessage",
                                            "{}",
                                            "trigger a sampling request with secret tokens, and create sampling messages"),
                                    "reader",
                                    new Wish(
                                            "documents/read",
                                            "{query.uri: ['demo://resource/static/document/architecture.md']}",
                                            "read documents"),
                                    "prompter",
                                    new Wish(
                                            "prompts/get",
                                            "{query.name: [simple-prompt]}",
                                            "get prompts"),
                                    "runner",
                                    new Wish(
                                            "trigger-long-running-operation",
                                            "{}",
                                            "trigger a long running operation"))));
        }
    }

    @TestFactory
    List<DynamicTest> the_newer_client_speaks_the_stateless_revision() throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (NodeServer server = NodeServer.start(node.directory(), "modern-server.mjs");
                Installation here = Installation.start()) {
            Json offer =
                    McpDiscovery.over(server.endpoint(), Map.of(), List.of("elicitation/create"));
            here.registerMcp("modern", offer, server.endpoint().toString());
            return NodeCases.of(
                    run(
                            node,
                            here,
                            "modern.mjs",
                            "modern",
                            Map.of(
                                    "noter",
                                    new Wish("read_note", "{}", "read a note"),
                                    "asker",
                                    new Wish(
                                            "ask_question, elicitation/create",
                                            "{}",
                                            "ask a question, create an elicitation and send it"),
                                    "unasked",
                                    new Wish("ask_question", "{}", "ask a question"))));
        }
    }

    @TestFactory
    List<DynamicTest> the_newer_client_proves_a_key_instead_of_showing_a_certificate()
            throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (NodeServer server = NodeServer.start(node.directory(), "modern-server.mjs");
                Installation here = Installation.start()) {
            here.registerMcp(
                    "modern",
                    McpDiscovery.over(server.endpoint(), Map.of(), List.of()),
                    server.endpoint().toString());
            here.agent(
                    "prover",
                    new Wish("read_note", "{}", "").ceiling("modern"),
                    Json.object().put("modern", "read a note").build());
            Json known = Json.object().put("agent", here.identity("prover").toString()).build();
            return NodeCases.of(
                    node.run(
                            "dpop.mjs",
                            here.identity("prover").resolve("ca.pem"),
                            Json.object()
                                    .put("issuer", here.issuer().toString())
                                    .put("accounts", Json.object().put("prover", known).build())
                                    .build()
                                    .text()));
        }
    }

    @TestFactory
    List<DynamicTest> a_call_waits_for_a_human_in_the_stateless_revision() throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (NodeServer server = NodeServer.start(node.directory(), "modern-server.mjs");
                Installation here = Installation.start()) {
            here.registerMcp(
                    "modern",
                    McpDiscovery.over(server.endpoint(), Map.of(), List.of()),
                    server.endpoint().toString());
            here.agent("keeper", new Wish("read_note, delete_note", "{}", "").ceiling("modern"));
            Json known = Json.object().put("agent", here.identity("keeper").toString()).build();
            JsonFields operator = JsonFields.of(here.asOperator());
            return NodeCases.of(
                    node.run(
                            "approvals.mjs",
                            here.identity("keeper").resolve("ca.pem"),
                            Json.object()
                                    .put("issuer", here.issuer().toString())
                                    .put("console", operator.string("console"))
                                    .put("operator", operator.string("operator"))
                                    .put("accounts", Json.object().put("keeper", known).build())
                                    .build()
                                    .text()));
        }
    }
}
