package dev.daypass.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.TenantId;
import dev.daypass.vault.Credential;
import dev.daypass.vault.CredentialElsewhere;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.vault.VaultSealBroken;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
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

    /// A token is asked for anew after a day, whatever its issuer says.
    private static final long SECONDS_MAX = 86_400;

    private static final long NANOS = 1_000_000_000L;
    private static final long IDLE_MILLIS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

    private final Vault vault;
    private final HttpClient client;
    private final Destinations destinations;
    private final LongSupplier nanoTime;
    private final Map<Credential.ClientCredentials, Future<Token>> tokens = new HashMap<>();
    // By identity: the vault hands out the same object while the service stays as it is.
    private final Cache<Credential, Injection> ready = Caffeine.newBuilder().weakKeys().build();

    Injector(Vault vault, HttpClient client, Destinations destinations, LongSupplier nanoTime) {
        this.vault = vault;
        this.client = client;
        this.destinations = destinations;
        this.nanoTime = nanoTime;
    }

    private record Token(Injection injection, long untilNanos) {}

    /// Fails where the credential does not open or is for another upstream, or the service's token
    /// endpoint gives none.
    Future<Injection> inject(TenantId tenant, ServiceRoute route) {
        try {
            return injection(vault.open(tenant, route.id(), route.upstream()));
        } catch (CredentialElsewhere e) {
            return Future.failedFuture(e);
        } catch (VaultSealBroken e) {
            LOG.error("{}", e.getMessage());
            return Future.failedFuture(e);
        }
    }

    private Future<Injection> injection(Credential credential) {
        return credential instanceof Credential.ClientCredentials oauth
                ? token(oauth).map(Token::injection)
                : Future.succeededFuture(ready.get(credential, Injection::of));
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
                        .setIdleTimeout(IDLE_MILLIS_MAX)
                        .setFollowRedirects(false);
        return client.request(options)
                .compose(this::reachable)
                .compose(request ->
                        request.putHeader("authorization", "Basic " + basic)
                                .putHeader("content-type", "application/x-www-form-urlencoded")
                                .putHeader("accept", "application/json")
                                .send(Buffer.buffer(form)))
                .compose(this::read);
    }

    private Future<HttpClientRequest> reachable(HttpClientRequest request) {
        return destinations.permits(request)
                ? Future.succeededFuture(request)
                : Future.failedFuture("the token endpoint stands where services may not");
    }

    private Future<Token> read(HttpClientResponse response) {
        return whole(response).map(body -> token(response.statusCode(), body));
    }

    /// The body, or a failure as soon as it is longer than we read: then the connection ends.
    private static Future<Buffer> whole(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        response.endHandler(_ -> body.tryComplete(collected));
        response.handler(chunk -> {
            if (collected.length() + chunk.length() > TOKEN_ANSWER_BYTES_MAX) {
                body.tryFail("the service's token endpoint answers more than it should");
                response.request().reset();
                return;
            }
            collected.appendBuffer(chunk);
        });
        return body.future();
    }

    private Token token(int status, Buffer body) {
        if (status != 200) {
            throw new IllegalStateException("the service's token endpoint answered " + status);
        }
        JsonFields fields = JsonFields.of(Json.parse(body.toString(StandardCharsets.UTF_8)));
        Long said = fields.longOrNull("expires_in");
        long seconds = said == null ? SECONDS_IF_UNSAID : Math.clamp(said, 0, SECONDS_MAX);
        long life = seconds * NANOS;
        return new Token(
                Injection.bearer(Secret.of(fields.string("access_token"))),
                nanoTime.getAsLong() + life - life / 10);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
