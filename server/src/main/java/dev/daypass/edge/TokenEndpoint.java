package dev.daypass.edge;

import dev.daypass.vault.AssertionKey;
import dev.daypass.vault.Credential;
import dev.daypass.vault.Secret;
import dev.daypass.vault.TokenClient;
import dev.daypass.vault.TokenClient.ClientAuth;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks a service's authorization server for a token (RFC 6749, sections 4.4 and 6). It follows no
/// redirect, waits at most ten seconds and reads at most 64 KiB.
final class TokenEndpoint {
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final long IDLE_MILLIS_MAX = 10_000;
    private static final int TOKEN_CHARS_MAX = 8_192;

    /// RFC 6749, section 5.2. Other words are the server's own, and are not repeated.
    private static final Set<String> ERRORS =
            Set.of(
                    "invalid_request",
                    "invalid_client",
                    "invalid_grant",
                    "unauthorized_client",
                    "unsupported_grant_type",
                    "invalid_scope",
                    "invalid_target");

    private final HttpClient client;
    private final Destinations destinations;
    private final InstantSource clock;

    TokenEndpoint(HttpClient client, Destinations destinations, InstantSource clock) {
        this.client = client;
        this.destinations = destinations;
        this.clock = clock;
    }

    /// What a token endpoint gave.
    ///
    /// @param accessToken the token
    /// @param seconds how long it lives, as its issuer says; `null` where it does not
    /// @param refreshToken a new one; `null` where the old one stays
    record Answer(Secret accessToken, @Nullable Long seconds, @Nullable Secret refreshToken) {}

    /// The server said no, and will say no again until an operator does something.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String code) {
            super(code, null, false, false);
        }

        /// As in `invalid_grant`.
        String code() {
            return String.valueOf(getMessage());
        }
    }

    Future<Answer> ask(Credential credential) {
        return switch (credential) {
            case Credential.ClientCredentials(var who) ->
                    ask(who, form("grant_type", "client_credentials"));
            case Credential.RefreshToken(var who, var token) -> {
                Map<String, String> form = form("grant_type", "refresh_token");
                form.put("refresh_token", token.reveal());
                yield ask(who, form);
            }
            case Credential.None _,
                    Credential.Bearer _,
                    Credential.Basic _,
                    Credential.Header _,
                    Credential.Query _,
                    Credential.Cookie _,
                    Credential.AwsSigV4 _,
                    Credential.Signature _ ->
                    Future.failedFuture(credential.kind() + " is not exchanged for a token");
        };
    }

    private static Map<String, String> form(String name, String value) {
        var out = new LinkedHashMap<String, String>();
        out.put(name, value);
        return out;
    }

    private Future<Answer> ask(TokenClient who, Map<String, String> form) {
        put(form, "scope", who.scope());
        put(form, "resource", who.target().resource());
        put(form, "audience", who.target().audience());
        String basic = authenticate(who, form);
        String body =
                form.entrySet().stream()
                        .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                        .collect(Collectors.joining("&"));
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(who.tokenUrl())
                        .setIdleTimeout(IDLE_MILLIS_MAX)
                        .setFollowRedirects(false);
        return client.request(options)
                .compose(this::reachable)
                .compose(request -> {
                    if (!basic.isEmpty()) {
                        request.putHeader("authorization", basic);
                    }
                    return request.putHeader("content-type", "application/x-www-form-urlencoded")
                            .putHeader("accept", "application/json")
                            .send(Buffer.buffer(body));
                })
                .compose(response ->
                        whole(response).map(answer -> read(response.statusCode(), answer)));
    }

    private static void put(Map<String, String> form, String name, String value) {
        if (!value.isEmpty()) {
            form.put(name, value);
        }
    }

    /// Puts what proves us into the form.
    ///
    /// @return the `Authorization` field; empty for none
    private String authenticate(TokenClient who, Map<String, String> form) {
        switch (who.auth()) {
            case ClientAuth.Basic(var secret) -> {
                // RFC 6749, section 2.3.1: both are form-encoded first.
                String pair = encoded(who.clientId()) + ":" + encoded(secret.reveal());
                return "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            }
            case ClientAuth.Post(var secret) -> form.put("client_secret", secret.reveal());
            case ClientAuth.PrivateKeyJwt jwt -> {
                String audience = jwt.audience().isEmpty() ? who.tokenUrl() : jwt.audience();
                form.put(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                form.put(
                        "client_assertion",
                        AssertionKey.read(jwt)
                                .sign(
                                        who.clientId(),
                                        audience,
                                        clock.instant(),
                                        UUID.randomUUID().toString())
                                .reveal());
            }
            case ClientAuth.Public() -> {}
        }
        form.put("client_id", who.clientId());
        return "";
    }

    private Future<HttpClientRequest> reachable(HttpClientRequest request) {
        return destinations.permits(request)
                ? Future.succeededFuture(request)
                : Future.failedFuture("the token endpoint stands where services may not");
    }

    /// The body, or a failure as soon as it is longer than we read: then the connection ends.
    private static Future<Buffer> whole(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        response.endHandler(_ -> body.tryComplete(collected));
        response.handler(chunk -> {
            if (collected.length() + chunk.length() > ANSWER_BYTES_MAX) {
                body.tryFail("the service's token endpoint answers more than it should");
                response.request().reset();
                return;
            }
            collected.appendBuffer(chunk);
        });
        return body.future();
    }

    private static Answer read(int status, Buffer body) {
        if (status == 400 || status == 401) {
            throw new Refused(error(body));
        }
        if (status != 200) {
            throw CredentialFailure.passing("the service's token endpoint answered " + status);
        }
        try {
            JsonFields fields = JsonFields.of(Json.parse(body.toString(StandardCharsets.UTF_8)));
            String type = fields.stringOrNull("token_type");
            if (type != null && !type.equalsIgnoreCase("bearer")) {
                throw CredentialFailure.passing(
                        "the service's token endpoint gave a token that is not a bearer token");
            }
            String refresh = fields.stringOrNull("refresh_token");
            return new Answer(
                    token(fields.string("access_token")),
                    fields.longOrNull("expires_in"),
                    refresh == null || refresh.isEmpty() ? null : token(refresh));
        } catch (WireException _) {
            // no cause: its words may hold the token
            throw CredentialFailure.passing("the service's token endpoint answered no token");
        }
    }

    /// RFC 6749, appendix A.12: a token is visible ascii. Anything else could end a header field.
    private static Secret token(String text) {
        if (text.isEmpty()
                || text.length() > TOKEN_CHARS_MAX
                || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new WireException("not a token");
        }
        return Secret.of(text);
    }

    private static String error(Buffer body) {
        try {
            JsonFields fields = JsonFields.of(Json.parse(body.toString(StandardCharsets.UTF_8)));
            String code = fields.stringOrNull("error");
            return code != null && ERRORS.contains(code) ? code : "an error of its own";
        } catch (WireException _) {
            return "no reason";
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
