package dev.daypass.llm;

import dev.daypass.llm.ModelFailure.Kind;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One request to a model: bounded in time to the last byte and in the answer's size, no redirect
/// followed, nothing logged.
final class Transport implements HttpClient {
    private final java.net.http.HttpClient client;
    private final Duration timeout;
    private final int bytesMax;

    /// @param timeout from the request to the last byte of the answer
    /// @param bytesMax of the answer's body
    Transport(Duration timeout, int bytesMax) {
        this.timeout = timeout;
        this.bytesMax = bytesMax;
        this.client =
                java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> answer = send(jdk(request));
        int status = answer.statusCode();
        if (status < 200 || status > 299) {
            throw failedWith(status);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(answer.headers().map())
                .body(answer.body())
                .build();
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    private static java.net.http.HttpRequest jdk(HttpRequest request) {
        var out = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(v -> out.header(name, v)));
        return switch (request.method()) {
            case GET -> out.GET().build();
            case DELETE -> out.DELETE().build();
            case POST ->
                    out.POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                            .build();
        };
    }

    // `HttpRequest.timeout` ends with the headers; the deadline here covers the body too.
    private HttpResponse<byte[]> send(java.net.http.HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw late(timeout);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ModelFailure(Kind.TIMEOUT, "asking was interrupted");
        } catch (ExecutionException e) {
            throw broken(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    static ModelFailure late(Duration timeout) {
        return new ModelFailure(
                Kind.TIMEOUT, "it did not answer in " + dev.daypass.wire.Durations.text(timeout));
    }

    private ModelFailure broken(@Nullable Throwable cause) {
        if (cause instanceof java.net.http.HttpTimeoutException) {
            return late(timeout);
        }
        // What `BodyHandlers.limiting` throws has no type of its own.
        boolean large =
                cause != null
                        && String.valueOf(cause.getMessage()).contains("exceeds")
                        && !(cause instanceof java.net.ConnectException);
        return large
                ? new ModelFailure(
                        Kind.TOO_LARGE, "its answer is longer than %d bytes".formatted(bytesMax))
                : new ModelFailure(Kind.UNREACHABLE, "it cannot be reached");
    }

    private static ModelFailure failedWith(int status) {
        boolean aboutThis = status == 400 || status == 413 || status == 422;
        return new ModelFailure(
                aboutThis ? Kind.REJECTED : Kind.STATUS, "it answered with status " + status);
    }

    /// Gives this one transport to a client of LangChain4j, whatever it asks for.
    HttpClientBuilder builder() {
        return new Given(this);
    }

    private record Given(Transport transport) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return transport.timeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return transport.timeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return transport;
        }
    }
}
