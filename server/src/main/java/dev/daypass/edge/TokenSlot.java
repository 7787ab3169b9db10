package dev.daypass.edge;

import dev.daypass.vault.Access;
import dev.daypass.vault.Credential;
import dev.daypass.vault.Credentials;
import dev.daypass.vault.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The access token of one service: in hand, or under way once for all who wait. A new refresh
/// token is durable before the access token that came with it is used, and the old one is never
/// sent again. Thread-safe.
final class TokenSlot {
    private static final Logger LOG = LoggerFactory.getLogger(TokenSlot.class);
    private static final long SECONDS_IF_UNSAID = 60;

    /// A token is asked for anew after a day, whatever its issuer says.
    private static final long SECONDS_MAX = 86_400;

    private static final long NANOS = 1_000_000_000L;

    /// So long a server that said no is not asked again.
    private static final long REFUSED_NANOS = 30 * NANOS;

    private final UpstreamTokens.Whose whose;
    private final Credentials vault;
    private final LongSupplier nanoTime;

    private @Nullable Access access;
    // What the vault may hold already while a flight ends.
    private @Nullable Access next;
    private UpstreamTokens.@Nullable Held held;
    private @Nullable CompletableFuture<UpstreamTokens.Held> flight;
    private @Nullable Unkept unkept;
    private @Nullable CredentialFailure refusal;
    private long refusedUntil;
    private boolean discarded;
    private long discardedAt;

    /// A new refresh token that is not durable yet.
    private record Unkept(Access access, UpstreamTokens.Held held) {}

    TokenSlot(UpstreamTokens.Whose whose, Credentials vault, LongSupplier nanoTime) {
        this.whose = whose;
        this.vault = vault;
        this.nanoTime = nanoTime;
    }

    synchronized CompletionStage<UpstreamTokens.Held> token(URI upstream, TokenEndpoint endpoint) {
        // Opened under the lock: an older look at the vault could bring back a used refresh token.
        Access now = vault.open(whose.tenant(), whose.service(), upstream);
        if (!now.equals(access) && !now.equals(next)) {
            startOver(now);
        }
        UpstreamTokens.Held inHand = held;
        long time = nanoTime.getAsLong();
        boolean usable = inHand != null && inHand.endNanos() - time > 0;
        boolean resting = refusal != null && refusedUntil - time > 0;
        if (inHand != null && usable) {
            if (inHand.renewNanos() - time <= 0 && flight == null && !resting) {
                var _ = launch(endpoint);
            }
            return CompletableFuture.completedFuture(inHand);
        }
        if (flight != null) {
            return flight;
        }
        return resting
                ? CompletableFuture.failedFuture(Objects.requireNonNull(refusal))
                : launch(endpoint);
    }

    /// An agent that knows how to provoke a 401 must not be able to flood the token endpoint.
    synchronized boolean discard(UpstreamTokens.Held refused) {
        long time = nanoTime.getAsLong();
        if (!refused.taken().get() || (discarded && time - discardedAt < NANOS)) {
            return false;
        }
        if (refused.equals(held)) {
            held = null;
            discarded = true;
            discardedAt = time;
        }
        return true;
    }

    /// An operator registered another credential.
    private void startOver(Access now) {
        access = now;
        next = null;
        held = null;
        flight = null;
        unkept = null;
        refusal = null;
    }

    private CompletableFuture<UpstreamTokens.Held> launch(TokenEndpoint endpoint) {
        var landing = new CompletableFuture<UpstreamTokens.Held>();
        flight = landing;
        Access used = Objects.requireNonNull(access);
        Unkept waiting = unkept;
        if (waiting != null) {
            keep(landing, used, waiting);
        } else {
            endpoint.ask(used.credential())
                    .onComplete(
                            answer -> answered(landing, used, answer),
                            failure -> failed(landing, failure));
        }
        return landing;
    }

    /// Not where another credential was registered meanwhile.
    @SuppressWarnings("ReferenceEquality")
    private boolean current(CompletableFuture<UpstreamTokens.Held> landing) {
        return flight == landing;
    }

    private void answered(
            CompletableFuture<UpstreamTokens.Held> landing,
            Access used,
            TokenEndpoint.Answer answer) {
        UpstreamTokens.Held got = held(answer);
        Secret refresh = answer.refreshToken();
        if (used.credential() instanceof Credential.RefreshToken(var client, var old)
                && refresh != null
                && !refresh.equals(old)) {
            var renewed =
                    new Access(
                            new Credential.RefreshToken(client, refresh),
                            used.tls(),
                            used.cookies());
            keep(landing, used, new Unkept(renewed, got));
        } else {
            landed(landing, used, got);
        }
    }

    private UpstreamTokens.Held held(TokenEndpoint.Answer answer) {
        Long said = answer.seconds();
        long seconds = said == null ? SECONDS_IF_UNSAID : Math.clamp(said, 0, SECONDS_MAX);
        long life = seconds * NANOS;
        long now = nanoTime.getAsLong();
        return new UpstreamTokens.Held(
                Injection.bearer(answer.accessToken()),
                now + life - life / 5,
                now + life - life / 20,
                new AtomicBoolean());
    }

    private void keep(CompletableFuture<UpstreamTokens.Held> landing, Access used, Unkept renewed) {
        synchronized (this) {
            if (current(landing)) {
                next = renewed.access();
                unkept = renewed;
            }
        }
        vault.renew(whose.tenant(), whose.service(), used, renewed.access())
                .whenComplete((kept, failure) -> {
                    if (failure != null) {
                        failed(
                                landing,
                                CredentialFailure.passing(
                                        "the service's new refresh token cannot be kept now"));
                    } else if (kept) {
                        landed(landing, renewed.access(), renewed.held());
                    } else {
                        failed(
                                landing,
                                CredentialFailure.passing(
                                        "the service was registered anew just now"));
                    }
                });
    }

    private void landed(
            CompletableFuture<UpstreamTokens.Held> landing,
            Access newest,
            UpstreamTokens.Held got) {
        synchronized (this) {
            if (current(landing)) {
                access = newest;
                next = null;
                unkept = null;
                held = got;
                flight = null;
                refusal = null;
            }
        }
        landing.complete(got);
    }

    private void failed(CompletableFuture<UpstreamTokens.Held> landing, Throwable failure) {
        CredentialFailure told = told(failure);
        LOG.error("service `{}`: {}", whose.service(), told.getMessage());
        synchronized (this) {
            if (current(landing)) {
                flight = null;
                if (failure instanceof TokenEndpoint.Refused) {
                    refusal = told;
                    refusedUntil = nanoTime.getAsLong() + REFUSED_NANOS;
                }
            }
        }
        landing.completeExceptionally(told);
    }

    private CredentialFailure told(Throwable failure) {
        return switch (failure) {
            case CredentialFailure already -> already;
            case TokenEndpoint.Refused no when no.code().equals("invalid_grant") ->
                    new CredentialFailure(
                            "the service's authorization server does not take what is stored for it any more (invalid_grant)",
                            "ask an operator to sign in at the service again, and to register `%s` anew"
                                    .formatted(whose.service()));
            case TokenEndpoint.Refused no ->
                    new CredentialFailure(
                            "the service's authorization server refuses us (%s)"
                                    .formatted(no.code()),
                            "ask an operator to look at the credential of `%s`"
                                    .formatted(whose.service()));
            default ->
                    CredentialFailure.passing(
                            "the service's authorization server cannot be reached");
        };
    }
}
