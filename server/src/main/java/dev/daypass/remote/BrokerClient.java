package dev.daypass.remote;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// Requests of an edge to its brokers, over mutual TLS: to one of them at a time, and to the next
/// once that one is gone. Thread-safe.
public final class BrokerClient implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final List<URI> brokers;
    private final Executor executor;
    private final AtomicInteger at = new AtomicInteger();
    private volatile HttpClient client;
    private final FeedSocket feed = new FeedSocket();
    private volatile BrokerTls tls;
    private volatile String trouble = "";

    /// @param brokers at least one
    public BrokerClient(List<URI> brokers, BrokerTls tls, Executor executor) {
        this.brokers = List.copyOf(brokers);
        this.executor = executor;
        this.tls = tls;
        this.client = client(tls);
    }

    private HttpClient client(BrokerTls tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .sslContext(tls.requests())
                .executor(executor)
                .build();
    }

    /// Shows another certificate from now on; the feed is taken up anew.
    public void use(BrokerTls tls) {
        this.tls = tls;
        client = client(tls);
        feed.drop();
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
            feed.drop();
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

    /// Hears what a broker tells until the connection ends.
    ///
    /// @param heard what each message tells
    /// @throws IOException if the broker cannot be reached, or goes away
    public void follow(String path, Consumer<Json> heard) throws IOException, InterruptedException {
        int now = at.get();
        try {
            feed.follow(brokers.get(now), path, tls.feed(), heard);
        } catch (IOException e) {
            trouble = Troubles.of(brokers.get(now), e);
            throw e;
        }
    }

    /// Says something over the connection that stays open.
    ///
    /// @return whether there is one; what was said may be lost all the same
    boolean say(Json message) {
        return feed.say(message);
    }

    /// Ends the connection that stays open, and makes no other.
    @Override
    public void close() {
        feed.close();
    }
}
