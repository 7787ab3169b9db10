package dev.daypass.examples.live;

import dev.daypass.catalog.McpDiscovery;
import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The protocol's own client speaks to its own sample server, through the edge. The cases are in
/// `src/test/node-mcp`.
class McpGatewayTest {
    private static final String ECHO =
            """
            allow:
              - service: everything
                operations: [echo]
                traits: [read, write, delete, money, personal, secret, admin, outward, identity]
                constraints:
                  body.message: [hello, bye]
            """;

    @TestFactory
    List<DynamicTest> the_official_client_and_the_sample_server_meet_at_the_edge()
            throws IOException {
        NodeClients node = NodeClients.installed("node-mcp");
        try (McpEverything server = McpEverything.start(node.directory());
                Installation here = Installation.start()) {
            Json offer = McpDiscovery.over(server.endpoint(), Map.of(), List.of());
            here.registerMcp("everything", offer, server.endpoint().toString());
            Agent agent = here.agent("echoer", ECHO);
            Agent.Opened echoer = agent.open("echo hello and bye on everything");
            return NodeCases.of(
                    node.run(
                            "everything.mjs",
                            here.identity("echoer").resolve("ca.pem"),
                            Json.object()
                                    .put("issuer", here.issuer().toString())
                                    .put("agent", here.identity("echoer").toString())
                                    .put(
                                            "tokens",
                                            Json.object()
                                                    .put("echoer", echoer.token().reveal())
                                                    .build())
                                    .build()
                                    .text()));
        }
    }
}
