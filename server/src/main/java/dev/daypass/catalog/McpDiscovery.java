package dev.daypass.catalog;

import dev.daypass.mcp.EventReader;
import dev.daypass.mcp.Greeting;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks an MCP server what it offers (revision 2025-11-25, streamable HTTP): every page of its
/// tools, resources, resource templates and prompts.
public final class McpDiscovery {
    /// The revision that is asked for.
    public static final String VERSION = "2025-11-25";

    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final int PAGES_MAX = 100;
    private static final Map<String, String> LISTS =
            Map.of(
                    "tools", "tools/list",
                    "resources", "resources/list",
                    "resourceTemplates", "resources/templates/list",
                    "prompts", "prompts/list");

    private final Exchange exchange;
    private final List<String> client;
    private long ids;

    private McpDiscovery(Exchange exchange, List<String> client) {
        this.exchange = exchange;
        this.client = client;
    }

    /// One way to speak to a server.
    @FunctionalInterface
    public interface Exchange {
        /// @param message a request or a notification
        /// @return the answer; `null` to a notification
        /// @throws WireException if there is none
        Message.@Nullable Reply send(Message message);
    }

    /// @param endpoint where the server listens
    /// @param fields what lets us in
    /// @param client methods that the server may ask of its clients; some offer more then
    /// @throws WireException if the server cannot be reached or does not answer as one
    public static Json.Obj over(URI endpoint, Map<String, String> fields, List<String> client) {
        try (HttpClient http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(TIME_MAX)
                        .build()) {
            return over(new Http(http, endpoint, fields), client);
        }
    }

    /// What the server at the other end offers.
    ///
    /// @param client as before
    public static Json.Obj over(Exchange exchange, List<String> client) {
        return new McpDiscovery(exchange, client).offer();
    }

    private Json.Obj offer() {
        Json hello =
                ask(
                        "initialize",
                        Json.object()
                                .put("protocolVersion", VERSION)
                                .put("capabilities", Greeting.capabilities(client))
                                .put(
                                        "clientInfo",
                                        Json.object()
                                                .put("name", "daypass")
                                                .put("version", "1")
                                                .build())
                                .build());
        exchange.send(new Message.Notification("notifications/initialized", Json.object().build()));
        Json capabilities = ToolsImport.member(hello, "capabilities");
        var offer = new LinkedHashMap<String, Json>();
        offer.put("serverInfo", ToolsImport.member(hello, "serverInfo"));
        LISTS.keySet().stream()
                .sorted()
                .filter(list -> offers(capabilities, list))
                .forEach(list -> offer.put(list, Json.array(all(list))));
        if (!client.isEmpty()) {
            offer.put("client", Json.strings(client));
        }
        return Json.obj(offer);
    }

    private static boolean offers(Json capabilities, String list) {
        String capability = list.equals("resourceTemplates") ? "resources" : list;
        return capabilities instanceof Json.Obj(var all) && all.containsKey(capability);
    }

    private List<Json> all(String list) {
        var out = new ArrayList<Json>();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            var params = Json.object();
            if (!cursor.isEmpty()) {
                params.put("cursor", cursor);
            }
            Json answer = ask(LISTS.getOrDefault(list, ""), params.build());
            if (ToolsImport.member(answer, list) instanceof Json.Arr(var items)) {
                out.addAll(items);
            }
            cursor = ToolsImport.text(answer, "nextCursor");
            if (cursor.isEmpty()) {
                return out;
            }
        }
        throw new WireException("`%s` has more than %d pages".formatted(list, PAGES_MAX));
    }

    private Json ask(String method, Json.Obj params) {
        var request = new Message.Request(Json.of(++ids), method, params);
        Message.Reply reply = exchange.send(request);
        if (reply == null || !reply.key().equals(request.key())) {
            throw new WireException("the server does not answer `%s`".formatted(method));
        }
        if (reply.failed()) {
            throw new WireException(
                    "the server refuses `%s`: %s"
                            .formatted(
                                    method,
                                    PlainText.clip(
                                            ToolsImport.text(reply.content(), "message"), 200)));
        }
        return reply.content();
    }

    /// Streamable HTTP.
    private static final class Http implements Exchange {
        private final HttpClient client;
        private final URI endpoint;
        private final Map<String, String> fields;
        private @Nullable String session;

        Http(HttpClient client, URI endpoint, Map<String, String> fields) {
            this.client = client;
            this.endpoint = endpoint;
            this.fields = fields;
        }

        @Override
        public Message.@Nullable Reply send(Message message) {
            HttpResponse<byte[]> answer = post(message);
            int status = answer.statusCode();
            if (status >= 300) {
                throw new WireException("the server answered %d; expected 200".formatted(status));
            }
            session = answer.headers().firstValue("mcp-session-id").orElse(session);
            if (!(message instanceof Message.Request)) {
                return null;
            }
            String type = answer.headers().firstValue("content-type").orElse("");
            List<byte[]> texts =
                    type.startsWith("text/event-stream")
                            ? new EventReader(MessageReader.SERVER_BYTES_MAX)
                                    .next(answer.body()).stream()
                                            .map(event ->
                                                    event.data()
                                                            .getBytes(
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .UTF_8))
                                            .toList()
                            : List.of(answer.body());
            return texts.stream()
                    .map(Http::reply)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElseThrow(() -> new WireException("the server's answer is not json-rpc"));
        }

        private static Message.@Nullable Reply reply(byte[] text) {
            return MessageReader.ofServer().read(text)
                                    instanceof MessageReader.Reading.Messages(var all, var _, var _)
                            && all.getFirst() instanceof Message.Reply reply
                    ? reply
                    : null;
        }

        private HttpResponse<byte[]> post(Message message) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(endpoint)
                            .timeout(TIME_MAX)
                            .header("content-type", "application/json")
                            .header("accept", "application/json, text/event-stream")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(message.bytes()));
            fields.forEach(request::header);
            if (session != null) {
                request.header("mcp-session-id", session).header("mcp-protocol-version", VERSION);
            }
            try {
                return client.send(
                        request.build(),
                        BodyHandlers.limiting(
                                BodyHandlers.ofByteArray(), MessageReader.SERVER_BYTES_MAX));
            } catch (IOException e) {
                throw new WireException(
                        "the server cannot be reached: "
                                + PlainText.clip(String.valueOf(e.getMessage()), 200));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new WireException("asking the server was interrupted");
            }
        }
    }
}
