package dev.daypass.issuer;

import dev.daypass.account.AccountState;
import dev.daypass.broker.Broker;
import dev.daypass.broker.HeldAccounts;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.broker.Records;
import dev.daypass.dpop.Proofs;
import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.store.StoredAccount;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// What the process that uses an account is answered: that it may go on, and where the account's
/// services are. It gets the nonce for its next proofs as well (RFC 9449, section 8.2): who renews
/// a lease is about to call.
final class LeaseAnswers {
    private final Records records;
    private final HeldAccounts held;
    private final Broker broker;
    private final Proofs proofs;
    private final Executor waiting;

    LeaseAnswers(IssuerParts parts) {
        this.records = parts.records();
        this.held = parts.held();
        this.broker = parts.broker();
        this.proofs = parts.proofs();
        this.waiting = parts.waiting();
    }

    CompletionStage<Response> renew(Claimant claimant, AccountId id) {
        Duration lease = held.renew(claimant.tenant(), claimant.agent(), id);
        return lease == null
                ? CompletableFuture.supplyAsync(() -> none(claimant, id), waiting)
                : CompletableFuture.completedStage(
                        Response.json(
                                        200,
                                        Json.object()
                                                .put("id", id.value())
                                                .put("lease", Durations.text(lease))
                                                .build())
                                .with(Proofs.NONCE_FIELD, proofs.nonce()));
    }

    /// Where the services of an account are in the world, for a program's proxy.
    CompletionStage<Response> origins(Claimant claimant, AccountId id) {
        return CompletableFuture.supplyAsync(
                () ->
                        broker.find(claimant.tenant(), claimant.agent(), id)
                                .flatMap(Broker::details)
                                .map(account ->
                                        Response.json(
                                                200,
                                                Json.object()
                                                        .put(
                                                                "origins",
                                                                records.origins(
                                                                        account.tenant(),
                                                                        account.grant().services()))
                                                        .build()))
                                .orElseGet(() ->
                                        Problem.notFound("no such account of this agent")
                                                .toResponse()),
                waiting);
    }

    private Response none(Claimant claimant, AccountId id) {
        StoredAccount stored = broker.find(claimant.tenant(), claimant.agent(), id).orElse(null);
        if (stored == null) {
            return Problem.notFound("no such account of this agent").toResponse();
        }
        String detail =
                stored.state() == AccountState.ENDED && stored.reason() != null
                        ? "the account is ended: " + stored.reason().word().replace('_', ' ')
                        : "the account has no lease; it lives until its deadline";
        return Problem.of("conflict", "Not in the state for this", 409, detail)
                .at("fresh")
                .next("open an account with `lease`")
                .toResponse();
    }
}
