package dev.daypass.edge;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.vault.Credential;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.vault.VaultSealBroken;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the credential of a service at the moment of forwarding. For one event loop.
final class Injector {
    private static final int TOKEN_ANSWER_BYTES_MAX = 64 * 1024;
    private static final long SECONDS_IF_UNSAID = 60;
    private static final long NANOS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

    private final Vault vault;
    private final HttpClient client;
    private final LongSupplier nanoTime;
    private final Map<Credential.ClientCredentials, Future<Token>> tokens = new HashMap<>();

    Injector(Vault vault, HttpClient client, LongSupplier nanoTime) {
        this.vault = vault;
        this.client = client;
        this.nanoTime = nanoTime;
    }

    private record Token(Secret value, long untilNanos) {}

    /// Fails where the credential does not open, or the service's token endpoint gives none.
    Future<Injection> inject(TenantId tenant, ServiceId service) {
        try {
            return injection(vault.open(tenant, service));
        } catch (VaultSealBroken e) {
            LOG.error("{}", e.getMessage());
            return Future.failedFuture(e);
        }
    }

    private Future<Injection> injection(Credential credential) {
        return switch (credential) {
            case Credential.None() -> Future.succeededFuture(Injection.NOTHING);
            case Credential.Bearer(var token) -> Future.succeededFuture(Injection.bearer(token));
            case Credential.Basic(var user, var password) ->
                    Future.succeededFuture(Injection.basic(user, password));
            case Credential.Header header -> Future.succeededFuture(Injection.of(header));
            case Credential.Query query -> Future.succeededFuture(Injection.of(query));
            case Credential.ClientCredentials oauth ->
                    token(oauth).map(token -> Injection.bearer(token.value()));
        };
    }

    /// The token in hand, or one fetch for all who wait. A token is renewed when a tenth of its
    /// life is left.
    private Future<Token> token(Credential.ClientCredentials credentials) {
        Future<Token> held = tokens.get(credentials);
        if (held != null && usable(held)) {
            return held;
        }
        Future<Token> fetched = fetch(credentials);
        tokens.put(credentials, fetched);
        return fetched;
    }

    private boolean usable(Future<Token> held) {
        return !held.failed()
                && (!held.isComplete() || held.result().untilNanos() - nanoTime.getAsLong() > 0);
    }

    private Future<Token> fetch(Credential.ClientCredentials credentials) {
        String basic =
                Base64.getEncoder()
                        .encodeToString(
                                (encoded(credentials.clientId())
                                                + ":"
                                                + encoded(credentials.clientSecret().reveal()))
                                        .getBytes(StandardCharsets.UTF_8));
        String form =
                "grant_type=client_credentials"
                        + (credentials.scope().isEmpty()
                                ? ""
                                : "&scope=" + encoded(credentials.scope()));
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(credentials.tokenUrl())
                        .setFollowRedirects(false);
        return client.request(options)
                .compose(request ->
                        request.putHeader("authorization", "Basic " + basic)
                                .putHeader("content-type", "application/x-www-form-urlencoded")
                                .putHeader("accept", "application/json")
                                .send(Buffer.buffer(form)))
                .compose(this::read);
    }

    private Future<Token> read(HttpClientResponse response) {
        return response.body()
                .map(body -> {
                    if (response.statusCode() != 200 || body.length() > TOKEN_ANSWER_BYTES_MAX) {
                        throw new IllegalStateException(
                                "the service's token endpoint answered " + response.statusCode());
                    }
                    JsonFields fields =
                            JsonFields.of(Json.parse(body.toString(StandardCharsets.UTF_8)));
                    Long seconds = fields.longOrNull("expires_in");
                    long life = (seconds == null ? SECONDS_IF_UNSAID : seconds) * NANOS;
                    return new Token(
                            Secret.of(fields.string("access_token")),
                            nanoTime.getAsLong() + life - life / 10);
                });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
