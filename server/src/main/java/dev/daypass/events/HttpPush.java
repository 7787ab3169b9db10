package dev.daypass.events;

import dev.daypass.catalog.Fetch;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Pushes over HTTP (RFC 8935, section 2). It waits ten seconds, reads a short answer, follows no
/// redirect, uses no proxy, and goes nowhere that services may not stand.
final class HttpPush implements Push {
    private static final Duration TIME_MAX = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 16 * 1024;

    /// RFC 8935, section 2.4. Other words are the receiver's own, and are not repeated.
    private static final Set<String> ERRORS =
            Set.of(
                    "invalid_request",
                    "invalid_key",
                    "invalid_issuer",
                    "invalid_audience",
                    "authentication_failed",
                    "access_denied");

    private final Fetch fetch;
    private @Nullable HttpClient client;

    /// @param fetch says where to it may go
    HttpPush(Fetch fetch) {
        this.fetch = fetch;
    }

    /// Made when it is first needed: most servers have no receiver, and start sooner.
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .connectTimeout(TIME_MAX)
                            .build();
            client = made;
        }
        return made;
    }

    @Override
    public Pushed push(String endpoint, @Nullable Secret authorization, String token) {
        URI url = URI.create(endpoint);
        try {
            // Each time: a name may lead elsewhere by now.
            fetch.requireFetchable(url);
        } catch (WireException e) {
            return new Pushed.NotNow(String.valueOf(e.getMessage()));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .header("content-type", "application/" + EventSigner.TYPE)
                        .header("accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(token));
        if (authorization != null) {
            request.header("authorization", authorization.reveal());
        }
        return send(request.build());
    }

    // `HttpRequest.timeout` ends with the headers; the deadline here covers the body too.
    private Pushed send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(
                                request,
                                BodyHandlers.limiting(
                                        BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return judged(answer.get(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return new Pushed.NotNow("it did not answer in %d s".formatted(TIME_MAX.toSeconds()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Pushed.NotNow("the server is stopping");
        } catch (ExecutionException _) {
            return new Pushed.NotNow("it cannot be reached, or its answer is too long");
        } finally {
            answer.cancel(true);
        }
    }

    private static Pushed judged(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        // 202 is what the RFC wants; who answers with another success has taken it all the same.
        if (status >= 200 && status < 300) {
            return new Pushed.Taken();
        }
        String error = status == 400 ? error(answer.body()) : "";
        return error.isEmpty()
                ? new Pushed.NotNow("it answered " + status)
                : new Pushed.Refused("it answered " + error);
    }

    private static String error(byte[] body) {
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            String code = JsonFields.of(Json.parse(text)).stringOrNull("err");
            return code != null && ERRORS.contains(code) ? code : "";
        } catch (WireException _) {
            return "";
        }
    }
}
