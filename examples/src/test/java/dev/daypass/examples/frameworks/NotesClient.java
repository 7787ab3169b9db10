package dev.daypass.examples.frameworks;

import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.URI;

/// A client of the MCP SDK for Java at the edge: mutual TLS with the agent's certificate, and the
/// account's token with each request.
public final class NotesClient {
    private NotesClient() {}

    /// @param service an MCP server that the account has something of
    public static McpSyncClient of(Daypass daypass, Account account, String service) {
        URI endpoint = URI.create(account.endpoints().get(service) + "/mcp");
        var transport =
                HttpClientStreamableHttpTransport.builder(endpoint.resolve("/").toString())
                        .endpoint(endpoint.getPath())
                        .customizeClient(client -> client.sslContext(daypass.tls()))
                        .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                request.setHeader("Authorization", account.authorization()))
                        .build();
        McpSyncClient client = McpClient.sync(transport).build();
        client.initialize();
        return client;
    }
}
