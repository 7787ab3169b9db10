package dev.daypass.remote;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Requests of an edge to its brokers, over mutual TLS: to one of them at a time, and to the next
/// once that one is gone. Thread-safe.
public final class BrokerClient {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String DATA = "data: ";

    private final List<URI> brokers;
    private final Executor executor;
    private final AtomicInteger at = new AtomicInteger();
    private volatile HttpClient client;
    private volatile @Nullable InputStream feed;
    private volatile String trouble = "";

    public BrokerClient(URI broker, SSLContext tls, Executor executor) {
        this(List.of(broker), tls, executor);
    }

    /// @param brokers at least one
    public BrokerClient(List<URI> brokers, SSLContext tls, Executor executor) {
        this.brokers = List.copyOf(brokers);
        this.executor = executor;
        this.client = client(tls);
    }

    private HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .sslContext(tls)
                .executor(executor)
                .build();
    }

    /// Shows another certificate from now on; the feed is taken up anew.
    public void use(SSLContext tls) {
        client = client(tls);
        dropFeed();
    }

    /// The broker that is asked now.
    public URI broker() {
        return brokers.get(at.get());
    }

    /// Why the last request was not answered as it was wished; empty where it was.
    public String trouble() {
        return trouble;
    }

    /// Fails where no broker can be reached, or the one that is refuses.
    public CompletableFuture<Json> post(String path, Json body) {
        return post(path, body, ANSWER_MAX);
    }

    /// @param within how long an answer is waited for
    public CompletableFuture<Json> post(String path, Json body, Duration within) {
        byte[] bytes = body.bytes();
        return send(
                broker ->
                        request(broker, path)
                                .timeout(within)
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofByteArray(bytes))
                                .build(),
                brokers.size() - 1);
    }

    public CompletableFuture<Json> get(String path) {
        return send(
                broker -> request(broker, path).timeout(ANSWER_MAX).GET().build(),
                brokers.size() - 1);
    }

    private static HttpRequest.Builder request(URI broker, String path) {
        return HttpRequest.newBuilder(broker.resolve(path));
    }

    /// @param others how many brokers may be tried besides
    private CompletableFuture<Json> send(Function<URI, HttpRequest> asking, int others) {
        int now = at.get();
        HttpRequest request = asking.apply(brokers.get(now));
        return sent(request)
                .thenApply(response -> {
                    Json answer = json(response);
                    trouble = "";
                    return answer;
                })
                .exceptionallyCompose(failure -> {
                    Throwable cause = cause(failure);
                    leave(now, cause);
                    return neverSent(cause) && others > 0
                            ? send(asking, others - 1)
                            : CompletableFuture.failedFuture(cause);
                });
    }

    private CompletableFuture<HttpResponse<byte[]>> sent(HttpRequest request) {
        try {
            return client.sendAsync(request, BodyHandlers.ofByteArray());
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedFuture(new IOException("this edge is closing"));
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /// Whether another broker may be asked the same: this one has not heard it.
    private static boolean neverSent(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    /// The next one is asked from now on, where this one is gone or does not know us.
    private void leave(int now, Throwable cause) {
        boolean answered = cause instanceof BrokerRefused;
        if (answered && !((BrokerRefused) cause).anotherMayAnswer()) {
            trouble = ""; // what was asked was wrong, not who was asked
            return;
        }
        trouble = Troubles.of(brokers.get(now), cause);
        at.compareAndSet(now, (now + 1) % brokers.size());
        if (!answered || brokers.size() > 1) {
            // A connection whose other end is gone without a word would be quiet for ever.
            dropFeed();
        }
    }

    private void dropFeed() {
        InputStream open = feed;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                feed = null; // closed or not, nobody reads it any more
            }
        }
    }

    private static Json json(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        if (response.statusCode() / 100 != 2) {
            throw new BrokerRefused(
                    response.statusCode(), new String(body, StandardCharsets.UTF_8));
        }
        // What an edge starts with holds every service and every account that ended lately.
        return body.length == 0 ? Json.object().build() : Json.parse(body, JsonLimits.DOCUMENT);
    }

    /// Reads a stream of events to its end, on the calling thread.
    ///
    /// @param heard what each event tells
    /// @throws IOException if the broker cannot be reached, or goes away
    public void follow(String path, Consumer<Json> heard) throws IOException, InterruptedException {
        int now = at.get();
        try (InputStream in = opened(now, path);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            feed = in;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    byte[] event = line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8);
                    heard.accept(Json.parse(event, JsonLimits.DOCUMENT));
                }
            }
            throw new IOException("the broker ended its feed");
        } catch (WireException e) {
            throw new IOException("the broker's feed is malformed", e);
        } catch (IOException e) {
            trouble = Troubles.of(brokers.get(now), e);
            throw e;
        } finally {
            feed = null;
        }
    }

    private InputStream opened(int broker, String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(brokers.get(broker), path).header("accept", "text/event-stream").build();
        try {
            HttpResponse<InputStream> response =
                    client.sendAsync(request, BodyHandlers.ofInputStream())
                            .get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("the broker answers " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException("no answer", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e);
        }
    }
}
