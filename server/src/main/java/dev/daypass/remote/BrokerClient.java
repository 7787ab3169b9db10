package dev.daypass.remote;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// Requests of an edge to its broker, over mutual TLS.
public final class BrokerClient {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String DATA = "data: ";

    private final URI broker;
    private final HttpClient client;

    public BrokerClient(URI broker, SSLContext tls, Executor executor) {
        this.broker = broker;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX)
                        .sslContext(tls)
                        .executor(executor)
                        .build();
    }

    /// Fails where the broker cannot be reached, or refuses.
    public CompletableFuture<Json> post(String path, Json body) {
        return send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body.bytes()))
                        .build());
    }

    public CompletableFuture<Json> get(String path) {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(broker.resolve(path)).timeout(ANSWER_MAX);
    }

    private CompletableFuture<Json> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(BrokerClient::json);
    }

    private static Json json(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() / 100 != 2) {
            throw new BrokerRefused(response.statusCode(), text);
        }
        return text.isEmpty() ? Json.object().build() : Json.parse(text);
    }

    /// Reads a stream of events to its end, on the calling thread.
    ///
    /// @param heard what each event tells
    /// @throws IOException if the broker cannot be reached, or goes away
    public void follow(String path, Consumer<Json> heard) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(broker.resolve(path))
                        .header("accept", "text/event-stream")
                        .GET()
                        .build();
        HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the broker answers " + response.statusCode());
            }
            lines.filter(line -> line.startsWith(DATA))
                    .forEach(line -> heard.accept(Json.parse(line.substring(DATA.length()))));
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e);
        } catch (WireException e) {
            throw new IOException("the broker's feed is malformed", e);
        }
    }
}
