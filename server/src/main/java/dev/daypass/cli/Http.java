package dev.daypass.cli;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Requests to one server.
final class Http {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    private final URI base;
    private final HttpClient client;
    private final Map<String, String> headers;

    Http(URI base, @Nullable SSLContext tls, Map<String, String> headers) {
        this.base = base;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_MAX);
        SSLContext context = tls == null && !"https".equals(base.getScheme()) ? unused() : tls;
        this.client = (context == null ? builder : builder.sslContext(context)).build();
        this.headers = Map.copyOf(headers);
    }

    // Where nothing is sent over TLS: otherwise the client would read every authority that the
    // system
    // trusts, which takes longer than all the rest of a command.
    private static SSLContext unused() {
        try {
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, new TrustManager[0], null);
            return nobody;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    Answer send(String method, String path, @Nullable Json body) {
        return send(method, path, body, Map.of());
    }

    /// @throws Unreachable if nobody answers
    Answer send(String method, String path, @Nullable Json body, Map<String, String> more) {
        return Answer.of(exchange(method, path, body, more));
    }

    /// The same with the fields of the answer.
    ///
    /// @throws Unreachable if nobody answers
    HttpResponse<byte[]> exchange(
            String method, String path, @Nullable Json body, Map<String, String> more) {
        URI uri = base.resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_MAX);
        headers.forEach(request::header);
        more.forEach(request::header);
        if (body != null) {
            request.header("content-type", "application/json");
        }
        request.method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.bytes()));
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Unreachable("cannot reach %s: %s".formatted(uri.resolve("/"), reason(e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case HttpConnectTimeoutException _ ->
                    "no connection within %d s".formatted(CONNECT_MAX.toSeconds());
            case HttpTimeoutException _ ->
                    "no answer within %d min".formatted(ANSWER_MAX.toMinutes());
            case ConnectException _ ->
                    root(e) instanceof UnresolvedAddressException
                            ? "no such host"
                            : "connection refused";
            case SSLException _ -> tls(message(root(e)));
            default ->
                    message(e).contains("header parser received no bytes")
                            ? "it closed the connection without an answer; where it speaks tls, use https"
                            : message(e);
        };
    }

    private static String tls(String said) {
        if (said.contains("plaintext connection")) {
            return "what listens there does not speak tls";
        }
        return said.contains("valid certification path") || said.contains("trust anchors")
                ? "its certificate is not from the authority that is trusted here"
                : "tls: " + said;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
