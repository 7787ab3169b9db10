package dev.daypass.examples.live;

import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// A receiver of events in Node.js, which judges them with `jose`.
final class EventReceiver implements AutoCloseable {
    static final String AUDIENCE = "https://receiver.example";
    static final String AUTHORIZATION = "Bearer receiver-secret";

    private final NodeServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private EventReceiver(NodeServer server) {
        this.server = server;
    }

    static EventReceiver of(Installation here, Agent agent) {
        try {
            String jwks =
                    agent.http(HttpClient.Version.HTTP_1_1)
                            .send(
                                    HttpRequest.newBuilder(here.issuer().resolve("/oauth2/jwks"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            Json.Obj known =
                    Json.object()
                            .put("issuer", here.issuer().toString())
                            .put("audience", AUDIENCE)
                            .put("authorization", AUTHORIZATION)
                            .put("url", here.issuer().toString())
                            .put("jwks", Json.parse(jwks))
                            .build();
            return new EventReceiver(
                    NodeServer.start(
                            NodeClients.installed("node").directory(),
                            "event-receiver.mjs",
                            known.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String endpoint() {
        return server.url() + "/events";
    }

    /// From now on it behaves so.
    void mode(String json) {
        send(
                HttpRequest.newBuilder(URI.create(server.url() + "/mode"))
                        .PUT(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonFields told() {
        return JsonFields.of(
                Json.parse(
                        send(HttpRequest.newBuilder(URI.create(server.url() + "/seen")).build())));
    }

    /// Requests that came.
    long asked() {
        return told().longValue("asked");
    }

    /// Requests that it never answered.
    long pending() {
        return told().longValue("pending");
    }

    /// The claims of what it took, each once.
    List<JsonFields> seen() {
        return told().items("seen").stream()
                .map(one -> JsonFields.of(one).objectOrNull("claims"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }
}
