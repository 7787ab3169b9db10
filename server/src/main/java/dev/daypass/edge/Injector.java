package dev.daypass.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.TenantId;
import dev.daypass.vault.Access;
import dev.daypass.vault.Credential;
import dev.daypass.vault.CredentialElsewhere;
import dev.daypass.vault.Credentials;
import dev.daypass.vault.VaultSealBroken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the credential of a service at the moment of forwarding. For one event loop.
final class Injector {
    private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

    private final Credentials vault;
    private final UpstreamTokens tokens;
    private final TokenEndpoint endpoint;
    private final Signing signing;
    // By identity: the vault hands out the same object while the service stays as it is.
    private final Cache<Access, Injection> ready =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    Injector(Credentials vault, UpstreamTokens tokens, TokenEndpoint endpoint, Signing signing) {
        this.vault = vault;
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.signing = signing;
    }

    /// What signers need.
    ///
    /// @param key our own
    /// @param clock says when a request is signed
    record Signing(Edge.OwnKey key, InstantSource clock) {}

    /// Fails where the credential does not open or is for another upstream, or the service's token
    /// endpoint gives none.
    Future<Injection> inject(TenantId tenant, ServiceRoute route) {
        try {
            Access access = vault.open(tenant, route.id(), route.upstream());
            Injection here = ready.get(access, this::prepare);
            return exchanged(access.credential())
                    ? token(tenant, route, here.means())
                    : Future.succeededFuture(here);
        } catch (CredentialElsewhere e) {
            return Future.failedFuture(e);
        } catch (VaultSealBroken e) {
            LOG.error("{}", e.getMessage());
            return Future.failedFuture(e);
        }
    }

    private static boolean exchanged(Credential credential) {
        return credential instanceof Credential.ClientCredentials
                || credential instanceof Credential.RefreshToken;
    }

    private Injection prepare(Access access) {
        RequestSigner signer =
                switch (access.credential()) {
                    case Credential.AwsSigV4 aws -> new AwsSigner(aws, signing.clock());
                    case Credential.Signature() ->
                            new MessageSigner(signing.key(), signing.clock());
                    case Credential.None _,
                            Credential.Bearer _,
                            Credential.Basic _,
                            Credential.Header _,
                            Credential.Query _,
                            Credential.Cookie _,
                            Credential.ClientCredentials _,
                            Credential.RefreshToken _ ->
                            null;
                };
        var means =
                new Injection.Means(
                        signer,
                        UpstreamConnections.tls(access.tls()),
                        access.cookies() == Access.Cookies.JAR,
                        null);
        boolean sent = signer == null && !exchanged(access.credential());
        return (sent ? Injection.of(access.credential()) : Injection.NOTHING).by(means);
    }

    private Future<Injection> token(TenantId tenant, ServiceRoute route, Injection.Means means) {
        return Future.fromCompletionStage(
                        tokens.token(tenant, route, endpoint), Vertx.currentContext())
                .map(held ->
                        held.injection()
                                .by(
                                        new Injection.Means(
                                                null,
                                                means.tls(),
                                                means.jar(),
                                                new Leased(tenant, route, held))));
    }

    private final class Leased implements Injection.Lease {
        private final TenantId tenant;
        private final ServiceRoute route;
        private final UpstreamTokens.Held held;

        Leased(TenantId tenant, ServiceRoute route, UpstreamTokens.Held held) {
            this.tenant = tenant;
            this.route = route;
            this.held = held;
        }

        @Override
        public void taken() {
            held.taken().set(true);
        }

        @Override
        public @Nullable Future<Injection> another() {
            return tokens.discard(tenant, route, held) ? inject(tenant, route) : null;
        }
    }
}
