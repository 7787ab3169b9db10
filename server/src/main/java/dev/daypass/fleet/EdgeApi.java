package dev.daypass.fleet;

import dev.daypass.authority.PeerEdge;
import dev.daypass.broker.Registry;
import dev.daypass.feed.MessageJson;
import dev.daypass.feed.ReportJson;
import dev.daypass.feed.Snapshot;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.ToEdge;
import dev.daypass.store.StoredEdge;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What edges in other processes ask their broker.
public final class EdgeApi {
    private static final int FACT_BYTES_MAX = 1 << 20;
    private static final JsonLimits FACTS = new JsonLimits(FACT_BYTES_MAX, 32, FACT_BYTES_MAX);

    private final FleetParts parts;
    private final KnownEdges known;

    private EdgeApi(FleetParts parts) {
        this.parts = parts;
        this.known = new KnownEdges(parts.anchor(), parts.clock());
    }

    public static List<Route> routes(FleetParts parts) {
        var api = new EdgeApi(parts);
        return List.of(
                Route.of(
                        HttpMethod.POST,
                        "/v1/edge/enrol",
                        Endpoint.waiting(parts.waiting(), api::enrol)),
                Route.of(HttpMethod.POST, "/v1/edge/listener", api.known(api::listener)),
                Route.of(HttpMethod.POST, "/v1/edge/certificate", api.known(api::next)),
                Route.of(HttpMethod.GET, "/v1/edge/trust", api.known(api::trust)),
                Route.of(HttpMethod.POST, "/v1/edge/messages", api.known(api::message)),
                Route.of(HttpMethod.GET, "/v1/edge/feed", api.known(api::feed)),
                Route.of(HttpMethod.POST, "/v1/edge/budget", api.known(api::budget)),
                Route.of(HttpMethod.POST, "/v1/edge/facts", api.known(api::fact))
                        .withBodyUpTo(FACT_BYTES_MAX),
                Route.of(HttpMethod.GET, "/v1/edge/grants/{hash}", api.known(api::grant)),
                Route.of(HttpMethod.POST, "/v1/edge/credentials", api.known(api::renewed)));
    }

    private interface Known {
        CompletionStage<Response> answer(StoredEdge edge, Request request);
    }

    private Endpoint known(Known then) {
        return request ->
                switch (known.of(request.peer().certificate())) {
                    case PeerEdge.NotAnEdge(var why) -> now(unknown(why));
                    case PeerEdge.Edge edge -> {
                        StoredEdge stored = parts.registry().edge(edge.name(), edge.thumbprint());
                        yield stored == null
                                ? unknown(edge, request, then)
                                : then.answer(stored, request);
                    }
                };
    }

    /// Its certificate may be the one that comes next.
    private CompletionStage<Response> unknown(PeerEdge.Edge edge, Request request, Known then) {
        String after = edge.after();
        if (after == null) {
            return now(counted(edge.name()));
        }
        return CompletableFuture.supplyAsync(
                        () -> parts.registry().renewed(edge.name(), after, edge.thumbprint()),
                        parts.waiting())
                .thenCompose(stored ->
                        stored == null ? now(counted(edge.name())) : then.answer(stored, request));
    }

    private static Response counted(String name) {
        return unknown(
                "edge `%s` is not registered, has another certificate since, or was locked because two processes had its identity"
                        .formatted(name));
    }

    private static Response unknown(String why) {
        return Problem.of("invalid-client", "Unknown edge", 401, why)
                .at("authenticate")
                .next("ask an operator for an enrolment token: daypass edge add NAME")
                .toResponse();
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedStage(response);
    }

    private CompletionStage<Response> later(java.util.function.Supplier<Response> answer) {
        return CompletableFuture.supplyAsync(answer, parts.waiting());
    }

    private static JsonFields body(Request request) {
        return JsonFields.of(
                Json.parse(new String(request.body().bytes(), StandardCharsets.UTF_8)));
    }

    private Response enrol(Request request) {
        JsonFields fields = body(request);
        Secret token = Secret.of(fields.string("token"));
        byte[] csr = fields.string("csr").getBytes(StandardCharsets.US_ASCII);
        fields.end();
        return certified(parts.registry().enrol(token, csr));
    }

    private CompletionStage<Response> listener(StoredEdge edge, Request request) {
        byte[] csr = csr(request);
        return later(() -> certified(parts.registry().listener(edge, csr)));
    }

    private CompletionStage<Response> next(StoredEdge edge, Request request) {
        byte[] csr = csr(request);
        return later(() -> certified(parts.registry().next(edge, csr)));
    }

    private static byte[] csr(Request request) {
        JsonFields fields = body(request);
        byte[] csr = fields.string("csr").getBytes(StandardCharsets.US_ASCII);
        fields.end();
        return csr;
    }

    private static Response certified(Registry.Enrolment enrolment) {
        return switch (enrolment) {
            case Registry.Enrolment.Enrolled(var chain, var until) ->
                    Response.json(
                            201,
                            Json.object()
                                    .put("certificate", chain)
                                    .put("expires_at", until.toString())
                                    .build());
            case Registry.Enrolment.TooMany(var why) ->
                    Problem.unavailable(why.detail()).at("admit").toResponse();
            case Registry.Enrolment.Refused(var why) ->
                    Problem.of("not-enrolled", "Not enrolled", 403, why)
                            .at("authenticate")
                            .next(
                                    "ask an operator for a new enrolment token: daypass edge add NAME")
                            .toResponse();
        };
    }

    private CompletionStage<Response> trust(StoredEdge edge, Request request) {
        return now(
                Response.json(
                        200,
                        Json.object()
                                .put("edge", edge.name())
                                .put("issuer", parts.issuer())
                                .put("reads_durable_first", parts.readsDurableFirst())
                                .put("lease_ms", parts.fleet().terms().leaseNanos() / 1_000_000)
                                .put("jwks", Json.parse(parts.jwks().text()))
                                .build()));
    }

    private Handing handing(StoredEdge edge, Request request) {
        X509Certificate certificate = request.peer().certificate();
        if (certificate == null) {
            throw new IllegalStateException("an edge without a certificate");
        }
        return new Handing(edge, certificate.getPublicKey(), parts.link(), parts.vault());
    }

    private CompletionStage<Response> message(StoredEdge edge, Request request) {
        FromEdge message =
                MessageJson.read(
                        edge.name(),
                        Json.parse(new String(request.body().bytes(), StandardCharsets.UTF_8)));
        Handing handing = handing(edge, request);
        return switch (message) {
            case FromEdge.Acknowledge acknowledge -> {
                parts.fleet().acknowledged(acknowledge);
                yield now(Response.empty(204));
            }
            case FromEdge.Leave leave -> {
                parts.fleet().left(leave);
                yield now(Response.empty(204));
            }
            case FromEdge.Renew renew ->
                    parts.fleet().renew(renew).thenApply(answer -> said(handing, answer));
            case FromEdge.Missed missed -> later(() -> said(handing, parts.fleet().missed(missed)));
            case FromEdge.Join join -> later(() -> said(handing, parts.fleet().join(join)));
        };
    }

    private static Response said(Handing handing, ToEdge<Snapshot, Recorded> message) {
        return Response.json(200, MessageJson.write(handing.told(message)));
    }

    private CompletionStage<Response> feed(StoredEdge edge, Request request) {
        String applied = request.queryForm().getOr("applied", "");
        if (!applied.matches("[0-9]{1,18}")) {
            throw new WireException("`applied` must be the number of a fact");
        }
        return now(
                Response.talk(
                        new EdgeTalk(parts, handing(edge, request), Long.parseLong(applied))));
    }

    private CompletionStage<Response> budget(StoredEdge edge, Request request) {
        JsonFields fields = body(request);
        var tenant = new TenantId(fields.string("tenant"));
        var account = new AccountId(fields.string("account"));
        Long spent = fields.longOrNull("spent");
        Long calls = fields.longOrNull("calls");
        fields.end();
        if (spent != null) {
            parts.allotments().spent(edge.name(), tenant, account, spent);
            return now(Response.empty(204));
        }
        if (calls == null) {
            throw new WireException("say `calls` or `spent`");
        }
        return parts.allotments()
                .reserve(edge.name(), tenant, account, calls)
                .handle((had, failure) -> failure == null ? had(had) : away());
    }

    private static Response had(long calls) {
        return Response.json(200, Json.object().put("had", calls).build());
    }

    private static Response away() {
        return Problem.unavailable("nothing can be made durable now").at("record").toResponse();
    }

    /// One fact, or many that nobody waits for: answered once all of them are durable.
    private CompletionStage<Response> fact(StoredEdge edge, Request request) {
        Json body = Json.parse(request.body().bytes(), FACTS);
        boolean many = body instanceof Json.Obj(var members) && members.containsKey("facts");
        List<ReportJson> reports =
                (many ? JsonFields.of(body).items("facts") : List.of(body))
                        .stream().map(ReportJson::read).toList();
        CompletionStage<Long> last = CompletableFuture.completedStage(0L);
        for (ReportJson report : reports) {
            last = last.thenCombine(recorded(report), Math::max);
        }
        return last.handle((fact, failure) ->
                failure == null
                        ? Response.json(200, Json.object().put("fact", fact).build())
                        : away());
    }

    private CompletionStage<Long> recorded(ReportJson report) {
        return parts.link()
                .record(report.tenant(), report.account(), report.agent(), report.fact());
    }

    private CompletionStage<Response> grant(StoredEdge edge, Request request) {
        Grant grant = parts.link().largeGrant(request.variable("hash"));
        return now(
                grant == null
                        ? Problem.notFound("no such grant").toResponse()
                        : Response.json(
                                200,
                                Json.object().put("grant", Json.parse(grant.canonical())).build()));
    }

    private CompletionStage<Response> renewed(StoredEdge edge, Request request) {
        JsonFields fields = body(request);
        var service = new ServiceId(fields.string("service"));
        Json from = required(fields.take("from"));
        Json to = required(fields.take("to"));
        fields.end();
        if (!edge.services().isEmpty() && !edge.services().contains(service.value())) {
            return now(Problem.notFound("no such service of this edge").toResponse());
        }
        return parts.vault()
                .renewHanded(TenantId.DEFAULT, service, from, to)
                .handle((kept, failure) ->
                        failure == null
                                ? Response.json(200, Json.object().put("kept", kept).build())
                                : away());
    }

    private static Json required(@Nullable Json json) {
        if (json == null) {
            throw new WireException("say `from` and `to`");
        }
        return json;
    }
}
