package dev.daypass.issuer;

import dev.daypass.account.Account;
import dev.daypass.account.EndReason;
import dev.daypass.broker.Answering;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Endings;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Binding;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.broker.Opening;
import dev.daypass.broker.Refusal;
import dev.daypass.broker.Renewal;
import dev.daypass.http.Form;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.InvalidName;
import dev.daypass.store.StoredAccount;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The token endpoint for any OAuth client: client credentials with a task as authorization details
/// (RFC 9396), the exchange of an account's token for that of one below it (RFC 8693), and the poll
/// for an account that waits for a human (CIBA).
final class TokenEndpoint {
    private static final Answering<Recorded> RECORDED =
            new Answering<>(
                    opening -> new Recorded(opening, 0),
                    (recorded, fact) -> new Recorded(recorded.opening(), fact));
    private static final String CIBA = "urn:openid:params:grant-type:ciba";
    private static final long POLL_SECONDS = 5;

    private final String issuer;
    private final Broker broker;
    private final Endings endings;
    private final TaskForm taskForm;
    private final TokenExchange exchange;
    private final InstantSource clock;
    private final UserChecks users;
    private final Executor waiting;

    private final Pending pending = new Pending();

    TokenEndpoint(IssuerParts parts) {
        this.issuer = parts.issuer();
        this.broker = parts.broker();
        this.endings = parts.endings();
        this.taskForm = new TaskForm(parts.issuer(), parts.registry());
        this.exchange = new TokenExchange(parts);
        this.clock = parts.clock();
        this.users = new UserChecks(parts);
        this.waiting = parts.waiting();
    }

    /// @param shown the key that was proved with the request
    CompletionStage<Response> answer(Claimant claimant, Binding shown, Form form) {
        return switch (form.getOr("grant_type", "")) {
            case "" -> now(OAuthErrors.invalidRequest("grant_type is missing"));
            case "client_credentials" -> clientCredentials(claimant, shown, form);
            case TokenExchange.GRANT_TYPE -> exchange(claimant, shown, form);
            case CIBA -> poll(claimant, shown, form);
            default ->
                    now(
                            OAuthErrors.of(
                                    400,
                                    "unsupported_grant_type",
                                    "known: client_credentials, %s, %s"
                                            .formatted(TokenExchange.GRANT_TYPE, CIBA)));
        };
    }

    private CompletionStage<Response> clientCredentials(
            Claimant claimant, Binding shown, Form form) {
        return openAsRead(() -> taskForm.read(claimant, shown, form));
    }

    /// An account below that of the token that is shown (RFC 8693).
    private CompletionStage<Response> exchange(Claimant claimant, Binding shown, Form form) {
        Refusal tooFast = broker.charged(claimant);
        if (tooFast != null) {
            return now(OAuthErrors.of(tooFast));
        }
        return CompletableFuture.supplyAsync(() -> exchange.parent(claimant, form), waiting)
                .thenCompose(subject ->
                        switch (subject) {
                            case TokenExchange.Subject.Refused(var error, var why) ->
                                    now(OAuthErrors.of(400, error, why));
                            case TokenExchange.Subject.Of(var parent) ->
                                    openAsRead(() -> taskForm.read(claimant, shown, form, parent));
                        });
    }

    private CompletionStage<Response> openAsRead(Supplier<TaskForm.Asked> read) {
        TaskForm.Asked asked;
        try {
            asked = read.get();
        } catch (TaskForm.InvalidTarget e) {
            return now(OAuthErrors.of(400, "invalid_target", String.valueOf(e.getMessage())));
        } catch (WireException e) {
            return now(
                    OAuthErrors.of(
                            400, "invalid_authorization_details", String.valueOf(e.getMessage())));
        }
        return asked.userToken() == null
                ? openOrResume(asked.request())
                : users.check(
                        asked.userToken(), asked.request(), this::openOrResume, UserAnswers::oauth);
    }

    private CompletionStage<Response> openOrResume(OpenRequest request) {
        AccountId waits = pending.of(request);
        return waits == null ? open(request) : resume(waits, request);
    }

    private CompletionStage<Response> open(OpenRequest request) {
        return broker.open(request, RECORDED)
                .thenCompose(recorded ->
                        switch (recorded.opening()) {
                            case Opening.Active(var account, var token, var expires, var _) ->
                                    now(recorded.receipt(issued(account, token, expires)));
                            case Opening.Waiting wait ->
                                    asked(request, wait).thenApply(recorded::receipt);
                            case Opening.Refused(var why) -> now(OAuthErrors.of(why));
                        });
    }

    /// An opening and its fact; 0 for none.
    private record Recorded(Opening opening, long fact) {
        Response receipt(Response answer) {
            return fact > 0 ? answer.with(AgentApi.FACT, Long.toString(fact)) : answer;
        }
    }

    /// A client that asks twice at once must not ask two humans: the later account gives way.
    private CompletionStage<Response> asked(OpenRequest request, Opening.Waiting wait) {
        AccountId id = wait.account().id();
        AccountId first = pending.first(request, id);
        Response answer = interactionRequired(first, wait.waitsUntil());
        if (first.equals(id)) {
            return now(answer);
        }
        Claimant claimant = request.claimant();
        return endings.end(claimant.tenant(), id, EndReason.REVOKED, claimant.agent())
                .thenApply(_ -> answer);
    }

    private CompletionStage<Response> resume(AccountId id, OpenRequest request) {
        Claimant claimant = request.claimant();
        return found(claimant, id)
                .thenCompose(stored -> {
                    if (stored == null) {
                        pending.forget(request, id);
                        return open(request);
                    }
                    return switch (stored.state()) {
                        case AWAITING_APPROVAL -> now(interactionRequired(id, stored.deadline()));
                        case ACTIVE -> {
                            pending.forget(request, id);
                            yield renewed(request, id);
                        }
                        case ENDED -> {
                            // A human's no holds as long as the human had time to decide, or a
                            // client that retries would ask until the answer is yes.
                            if (stored.reason() == EndReason.DENIED
                                    && clock.instant().isBefore(stored.deadline())) {
                                yield now(denied());
                            }
                            pending.forget(request, id);
                            yield open(request);
                        }
                    };
                });
    }

    private static Response denied() {
        return OAuthErrors.of(400, "access_denied", "a human refused");
    }

    private CompletionStage<Response> poll(Claimant claimant, Binding shown, Form form) {
        AccountId id = accountId(form.get("auth_req_id"));
        if (id == null) {
            return now(OAuthErrors.of(400, "invalid_grant", "unknown auth_req_id"));
        }
        return found(claimant, id)
                .thenCompose(stored -> {
                    if (stored == null) {
                        return now(OAuthErrors.of(400, "invalid_grant", "unknown auth_req_id"));
                    }
                    return switch (stored.state()) {
                        case AWAITING_APPROVAL ->
                                now(
                                        OAuthErrors.of(
                                                400,
                                                "authorization_pending",
                                                "nobody has decided"));
                        case ACTIVE -> renewed(claimant, shown, id);
                        case ENDED ->
                                now(
                                        stored.reason() == EndReason.DENIED
                                                ? denied()
                                                : OAuthErrors.of(
                                                        400,
                                                        "expired_token",
                                                        "the account has ended"));
                    };
                });
    }

    private CompletionStage<Response> renewed(OpenRequest request, AccountId id) {
        return renewed(request.claimant(), request.binding(), id);
    }

    private CompletionStage<Response> renewed(Claimant claimant, Binding shown, AccountId id) {
        return broker.renew(claimant, id, shown)
                .thenApply(renewal ->
                        switch (renewal) {
                            case Renewal.Renewed(var account, var token, var expires) ->
                                    issued(account, token, expires);
                            case Renewal.Refused(var why) -> OAuthErrors.of(why);
                        });
    }

    private CompletionStage<@Nullable StoredAccount> found(Claimant claimant, AccountId id) {
        return CompletableFuture.supplyAsync(
                () -> broker.find(claimant.tenant(), claimant.agent(), id).orElse(null), waiting);
    }

    private Response issued(Account account, String token, Instant expires) {
        Json.Obj granted =
                Json.object()
                        .put("type", Claims.DETAILS_TYPE)
                        .put("id", account.id().value())
                        .put("task", account.task())
                        .put("grant", AccountAnswers.grant(account))
                        .build();
        return Response.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("issued_token_type", issuedTokenType(account))
                        .put("token_type", Claims.tokenType(account.binding()))
                        .put("expires_in", AccountAnswers.seconds(clock.instant(), expires))
                        .put("authorization_details", Json.array(List.of(granted)))
                        .build());
    }

    /// What an exchange has to say (RFC 8693, section 2.2.1), whichever way it was asked for.
    private static @Nullable String issuedTokenType(Account account) {
        return account.parent() == null ? null : TokenExchange.ACCESS_TOKEN;
    }

    private Response interactionRequired(AccountId id, Instant until) {
        return Response.json(
                400,
                OAuthErrors.body("interaction_required", "a human must agree first")
                        .put("auth_req_id", id.value())
                        .put("interval", POLL_SECONDS)
                        .put("expires_in", AccountAnswers.seconds(clock.instant(), until))
                        .put("approval_uri", issuer + "/v1/accounts/" + id)
                        .build());
    }

    private static @Nullable AccountId accountId(@Nullable String text) {
        try {
            return text == null ? null : new AccountId(text);
        } catch (InvalidName _) {
            return null;
        }
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedStage(response);
    }
}
