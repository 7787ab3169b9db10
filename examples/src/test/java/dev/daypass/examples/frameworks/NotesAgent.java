package dev.daypass.examples.frameworks;

import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import java.util.Map;

/// An agent of LangChain4j that uses an MCP server through the edge: it is shown the tools that its
/// account was granted.
public final class NotesAgent {
    private NotesAgent() {}

    interface Agent {
        String work(String task);
    }

    /// @param task such as `read note n-17`
    public static String work(Daypass daypass, String task, ChatModel model) {
        try (Account account = daypass.open(task);
                DefaultMcpClient notes = client(daypass, account, "notes")) {
            return AiServices.builder(Agent.class)
                    .chatModel(model)
                    .toolProvider(McpToolProvider.builder().mcpClients(notes).build())
                    .hallucinatedToolNameStrategy(asked ->
                            ToolExecutionResultMessage.from(
                                    asked, "this account has no tool `%s`".formatted(asked.name())))
                    .build()
                    .work(task);
        }
    }

    /// A client of an MCP server that the account has something of.
    static DefaultMcpClient client(Daypass daypass, Account account, String service) {
        return DefaultMcpClient.builder()
                .transport(
                        StreamableHttpMcpTransport.builder()
                                .url(account.endpoints().get(service) + "/mcp")
                                .customHeaders(
                                        () -> Map.of("Authorization", account.authorization()))
                                .sslContext(daypass.tls())
                                .build())
                .build();
    }
}
