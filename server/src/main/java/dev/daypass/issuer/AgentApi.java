package dev.daypass.issuer;

import dev.daypass.account.EndReason;
import dev.daypass.broker.Answering;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Endings;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.broker.Opening;
import dev.daypass.broker.Records;
import dev.daypass.broker.Registry;
import dev.daypass.broker.Renewal;
import dev.daypass.broker.Revoked;
import dev.daypass.broker.Widening;
import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.dpop.Proofs;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.permission.HttpMethod;
import dev.daypass.token.Claims;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The agent API: accounts, and the certificates of agents.
final class AgentApi {
    /// The receipt: which fact of the ledger an answer is.
    static final String FACT = "daypass-fact";

    private final Clients clients;
    private final Broker broker;
    private final Endings endings;
    private final Registry registry;
    private final Records records;
    private final AccountEvents events;
    private final ShownKeys shownKeys;
    private final AccountAnswers answers;
    private final InstantSource clock;
    private final UserChecks users;
    private final Executor waiting;
    private final LedgerProofs ledger;
    private final LeaseAnswers leases;
    private final Answering<Response> answering =
            new Answering<>(this::opened, (answer, fact) -> answer.with(FACT, Long.toString(fact)));

    AgentApi(IssuerParts parts, Clients clients) {
        this.clients = clients;
        this.broker = parts.broker();
        this.endings = parts.endings();
        this.registry = parts.registry();
        this.records = parts.records();
        this.events = new AccountEvents(parts.broker(), parts.news());
        this.answers = new AccountAnswers(parts.minting());
        this.shownKeys = new ShownKeys(parts.proofs(), parts.issuer());
        this.clock = parts.clock();
        this.users = new UserChecks(parts);
        this.waiting = parts.waiting();
        this.ledger = parts.ledger();
        this.leases = new LeaseAnswers(parts);
    }

    List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.POST, "/v1/accounts", known(this::open)),
                Route.of(HttpMethod.GET, "/v1/accounts/{id}", account(this::show)),
                Route.of(
                        HttpMethod.POST,
                        "/v1/accounts/{id}/complete",
                        account((c, id) -> end(c, id, EndReason.COMPLETED))),
                Route.of(
                        HttpMethod.DELETE,
                        "/v1/accounts/{id}",
                        account((c, id) -> end(c, id, EndReason.REVOKED))),
                Route.of(HttpMethod.POST, "/v1/accounts/{id}/token", account(this::renew)),
                Route.of(HttpMethod.POST, "/v1/accounts/{id}/lease", account(leases::renew)),
                Route.of(HttpMethod.GET, "/v1/accounts/{id}/origins", account(leases::origins)),
                Route.of(HttpMethod.GET, "/v1/accounts/{id}/tools", account(this::tools)),
                Route.of(HttpMethod.POST, "/v1/accounts/{id}/widen", known(this::widen)),
                Route.of(HttpMethod.POST, "/v1/explain", known(this::explain)),
                Route.of(HttpMethod.GET, "/v1/accounts/{id}/events", known(this::follow)),
                Route.of(HttpMethod.GET, "/v1/ledger/checkpoint", known(this::checkpoint)),
                Route.of(HttpMethod.GET, "/v1/ledger/consistency", known(this::consistency)),
                Route.of(HttpMethod.GET, "/v1/ledger/facts/{n}/proof", known(this::proof)),
                Route.of(HttpMethod.POST, "/v1/enrol", Endpoint.waiting(waiting, this::enrol)),
                Route.of(HttpMethod.POST, "/v1/certificate", known(this::renewCertificate)));
    }

    private CompletionStage<Response> open(Claimant claimant, Request request) {
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        Secret token = AccountRequests.userToken(fields);
        OpenRequest asked = AccountRequests.read(claimant, fields);
        return switch (shownKeys.of(request, claimant, true)) {
            case ShownKeys.Shown.Good(var shown, var renewed) ->
                    open(ShownKeys.bind(asked, shown), token)
                            .thenApply(response ->
                                    renewed == null
                                            ? response
                                            : response.with(Proofs.NONCE_FIELD, renewed));
            case ShownKeys.Shown.Refused(var why) -> now(ProofProblems.invalid(why));
            case ShownKeys.Shown.NonceWanted(var why, var nonce) ->
                    now(ProofProblems.nonceWanted(why, nonce));
            case ShownKeys.Shown.NoRoom() ->
                    now(
                            Problem.unavailable("the proof cannot be remembered now")
                                    .at("authenticate"));
        };
    }

    private static CompletionStage<Response> now(Problem problem) {
        return CompletableFuture.completedStage(problem.toResponse());
    }

    private CompletionStage<Response> open(OpenRequest asked, @Nullable Secret token) {
        return token == null
                ? broker.open(asked, answering)
                : users.check(
                        token,
                        asked,
                        proved -> broker.open(proved, answering),
                        failed -> UserAnswers.problem(failed).toResponse());
    }

    private Response opened(Opening opening) {
        return switch (opening) {
            case Opening.Active active ->
                    Response.json(201, answers.active(active, clock.instant()))
                            .with("location", "/v1/accounts/" + active.account().id());
            case Opening.Waiting waits ->
                    Response.json(202, answers.waiting(waits))
                            .with("location", "/v1/accounts/" + waits.account().id());
            case Opening.Refused(var why) -> AccountAnswers.problem(why).toResponse();
        };
    }

    private CompletionStage<Response> widen(Claimant claimant, Request request) {
        AccountId id;
        try {
            id = new AccountId(request.variable("id"));
        } catch (InvalidName _) {
            return CompletableFuture.completedStage(noSuchAccount().toResponse());
        }
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        return broker.widenings()
                .widen(
                        AccountRequests.widening(claimant, id, fields),
                        widening ->
                                switch (widening) {
                                    case Widening.Granted granted ->
                                            Response.json(
                                                    200, answers.widened(granted, clock.instant()));
                                    case Widening.Waiting waits ->
                                            Response.json(202, answers.widening(waits));
                                    case Widening.Refused(var why) ->
                                            AccountAnswers.problem(why).toResponse();
                                });
    }

    private CompletionStage<Response> follow(Claimant claimant, Request request) {
        AccountId id;
        try {
            id = new AccountId(request.variable("id"));
        } catch (InvalidName _) {
            return CompletableFuture.completedStage(noSuchAccount().toResponse());
        }
        return CompletableFuture.supplyAsync(() -> events.follow(claimant, id, request), waiting);
    }

    private CompletionStage<Response> explain(Claimant claimant, Request request) {
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        OpenRequest asked = AccountRequests.explaining(claimant, fields);
        return CompletableFuture.supplyAsync(
                () -> ExplainAnswers.response(asked.task(), broker.explainToAgent(asked)), waiting);
    }

    private CompletionStage<Response> checkpoint(Claimant claimant, Request request) {
        return CompletableFuture.supplyAsync(() -> ProofAnswers.checkpoint(ledger), waiting);
    }

    private CompletionStage<Response> consistency(Claimant claimant, Request request) {
        return CompletableFuture.supplyAsync(
                () -> ProofAnswers.consistency(ledger, request), waiting);
    }

    private CompletionStage<Response> proof(Claimant claimant, Request request) {
        long number = ProofAnswers.number(request);
        return CompletableFuture.supplyAsync(
                () ->
                        ProofAnswers.proof(
                                ledger.key(),
                                ledger.proof(claimant.tenant(), claimant.agent(), number)),
                waiting);
    }

    private CompletionStage<Response> show(Claimant claimant, AccountId id) {
        return CompletableFuture.supplyAsync(
                () ->
                        broker.find(claimant.tenant(), claimant.agent(), id)
                                .map(stored ->
                                        Response.json(
                                                200,
                                                answers.stored(
                                                        stored,
                                                        broker.widenings().history(stored))))
                                .orElseGet(() -> noSuchAccount().toResponse()),
                waiting);
    }

    private CompletionStage<Response> tools(Claimant claimant, AccountId id) {
        return CompletableFuture.supplyAsync(
                () ->
                        broker.find(claimant.tenant(), claimant.agent(), id)
                                .flatMap(Broker::details)
                                .map(account -> records.tools(account.tenant(), account.grant()))
                                .map(tools -> Response.json(200, tools.toJson()))
                                .orElseGet(() -> noSuchAccount().toResponse()),
                waiting);
    }

    private CompletionStage<Response> end(Claimant claimant, AccountId id, EndReason reason) {
        return endings.end(claimant.tenant(), id, reason, claimant.agent())
                .thenApply(ending ->
                        ending.refused() != null
                                ? AccountAnswers.problem(ending.refused()).toResponse()
                                : receipt(ended(id, ending), ending.fact()));
    }

    private static Response ended(AccountId id, Revoked ending) {
        return Response.json(
                200,
                Json.object()
                        .put("id", id.value())
                        .put("state", "ended")
                        .put("ended", ending.accounts())
                        .put("edges", AccountAnswers.edges(ending))
                        .build());
    }

    private static Response receipt(Response answer, long fact) {
        return fact > 0 ? answer.with(FACT, Long.toString(fact)) : answer;
    }

    private CompletionStage<Response> renew(Claimant claimant, AccountId id) {
        return broker.renew(claimant, id)
                .thenApply(renewal ->
                        switch (renewal) {
                            case Renewal.Refused(var why) ->
                                    AccountAnswers.problem(why).toResponse();
                            case Renewal.Renewed renewed ->
                                    Response.json(
                                            200,
                                            Json.object()
                                                    .put("id", id.value())
                                                    .put("access_token", renewed.token())
                                                    .put(
                                                            "token_type",
                                                            Claims.tokenType(
                                                                    renewed.account().binding()))
                                                    .put(
                                                            "expires_in",
                                                            AccountAnswers.seconds(
                                                                    clock.instant(),
                                                                    renewed.expires()))
                                                    .build());
                        });
    }

    private Response enrol(Request request) {
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String token = fields.string("token");
        String csr = fields.string("csr");
        fields.end();
        return enrolled(
                registry.enrol(
                        dev.daypass.identity.TenantId.DEFAULT,
                        Secret.of(token),
                        csr.getBytes(StandardCharsets.US_ASCII)));
    }

    private CompletionStage<Response> renewCertificate(Claimant claimant, Request request) {
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        byte[] csr = fields.string("csr").getBytes(StandardCharsets.US_ASCII);
        fields.end();
        return CompletableFuture.supplyAsync(
                () ->
                        enrolled(
                                switch (claimant.proof()) {
                                    case KeyThumbprint.Certificate shown ->
                                            registry.renew(
                                                    claimant.tenant(),
                                                    claimant.agent(),
                                                    shown,
                                                    csr);
                                    case KeyThumbprint.Jwk _ ->
                                            new Registry.Enrolment.Refused(
                                                    "a certificate is renewed with the old one");
                                }),
                waiting);
    }

    private static Response enrolled(Registry.Enrolment enrolment) {
        return switch (enrolment) {
            case Registry.Enrolment.Enrolled(var chain, var until) ->
                    Response.json(
                            201,
                            Json.object()
                                    .put("certificate", chain)
                                    .put("expires_at", until.toString())
                                    .build());
            case Registry.Enrolment.TooMany(var why) -> AccountAnswers.problem(why).toResponse();
            case Registry.Enrolment.Refused(var why) ->
                    Problem.of("not-enrolled", "Not enrolled", 403, why)
                            .at("authenticate")
                            .next(
                                    "ask an operator for a new enrolment token: daypass agent add"
                                            + " NAME")
                            .toResponse();
        };
    }

    private static Problem noSuchAccount() {
        return Problem.notFound("no such account of this agent");
    }

    /// An endpoint for a known agent.
    private Endpoint known(BiFunction<Claimant, Request, CompletionStage<Response>> then) {
        return request -> authenticated(request, claimant -> then.apply(claimant, request));
    }

    /// An endpoint for a known agent about one account.
    private Endpoint account(BiFunction<Claimant, AccountId, CompletionStage<Response>> then) {
        return request ->
                authenticated(
                        request,
                        claimant -> {
                            try {
                                return then.apply(claimant, new AccountId(request.variable("id")));
                            } catch (InvalidName _) {
                                return CompletableFuture.completedStage(
                                        noSuchAccount().toResponse());
                            }
                        });
    }

    private CompletionStage<Response> authenticated(
            Request request, Function<Claimant, CompletionStage<Response>> then) {
        return switch (clients.byCertificate(request.peer())) {
            case Clients.Authentication.Proved(var claimant, var _) -> then.apply(claimant);
            case Clients.Authentication.Unknown(var why) ->
                    CompletableFuture.completedStage(invalidClient(why));
            case Clients.Authentication.Malformed(var why) ->
                    CompletableFuture.completedStage(invalidClient(why));
        };
    }

    private static Response invalidClient(String why) {
        return Problem.of("invalid-client", "Unknown agent", 401, why)
                .at("authenticate")
                .next("connect with the agent's certificate: daypass agent enrol")
                .toResponse();
    }
}
