package dev.daypass.console;

import dev.daypass.account.AccountState;
import dev.daypass.broker.Ending;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.Refusal;
import dev.daypass.broker.Revoked;
import dev.daypass.http.Form;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.issuer.AccountAnswers;
import dev.daypass.issuer.ExplainAnswers;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.JsonObjectBuilder;
import dev.daypass.wire.WireException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accounts, as operators see and end them.
final class AccountEndpoints {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final int LIST_MAX = 1_000;

    private final ConsoleParts parts;

    AccountEndpoints(ConsoleParts parts) {
        this.parts = parts;
    }

    Response list(Request request, String operator) {
        Form query = request.queryForm();
        String agent = query.get("agent");
        String state = query.get("state");
        var filter =
                new AccountFilter(
                        TENANT,
                        agent == null ? null : new AgentId(agent),
                        state == null ? null : state(state));
        return Response.json(
                200,
                Json.array(
                        parts.records().accounts(filter, limit(query)).stream()
                                .map(this::listed)
                                .toList()));
    }

    /// Of many accounts, only those that live are looked at closely.
    private Json listed(StoredAccount stored) {
        return stored.state() == AccountState.ACTIVE
                ? told(stored)
                : parts.answers().stored(stored, List.of());
    }

    private Json told(StoredAccount stored) {
        return parts.answers().stored(stored, parts.broker().widenings().history(stored));
    }

    private static AccountState state(String word) {
        try {
            return AccountState.of(word);
        } catch (IllegalArgumentException _) {
            throw new WireException("unknown state; known: awaiting_approval, active, ended");
        }
    }

    private static int limit(Form query) {
        try {
            return Math.clamp(Integer.parseInt(query.getOr("limit", "100")), 1, LIST_MAX);
        } catch (NumberFormatException _) {
            throw new WireException("`limit` must be a number from 1 to " + LIST_MAX);
        }
    }

    Response show(Request request, String operator) {
        return parts.broker()
                .find(TENANT, null, id(request))
                .map(stored -> Response.json(200, told(stored)))
                .orElseGet(() -> Problem.notFound("no such account").toResponse());
    }

    Response revoke(Request request, String operator) {
        Revoked revoked =
                parts.endings().revoke(TENANT, id(request), operator).toCompletableFuture().join();
        Refusal refused = revoked.refused();
        return refused != null
                ? AccountAnswers.problem(refused).toResponse()
                : Response.json(
                        200,
                        told(
                                Json.object()
                                        .put("id", request.variable("id"))
                                        .put("state", "ended"),
                                revoked));
    }

    Response approve(Request request, String operator) {
        boolean widens = active(request);
        Ending ending =
                parts.approvals()
                        .approve(TENANT, id(request), operator)
                        .toCompletableFuture()
                        .join();
        // Where others must agree too, nothing has changed yet.
        boolean waits = ending.accounts() == 0;
        return changed(
                ending,
                waits && !widens ? "awaiting_approval" : "active",
                widens ? (waits ? "awaiting_approval" : "granted") : null,
                request);
    }

    Response deny(Request request, String operator) {
        boolean widens = active(request);
        Ending ending =
                parts.approvals().deny(TENANT, id(request), operator).toCompletableFuture().join();
        return changed(ending, widens ? "active" : "ended", widens ? "refused" : null, request);
    }

    /// What is decided on for an active account is a widening; which is told apart again where it
    /// is decided, and nothing but the answer's words hang on this.
    private boolean active(Request request) {
        return parts.broker()
                .find(TENANT, null, id(request))
                .filter(stored -> stored.state() == AccountState.ACTIVE)
                .isPresent();
    }

    private static Response changed(
            Ending ending, String state, @Nullable String widening, Request request) {
        return ending.refused() != null
                ? AccountAnswers.problem(ending.refused()).toResponse()
                : Response.json(
                        200,
                        Json.object()
                                .put("id", request.variable("id"))
                                .put("state", state)
                                .put("widening", widening)
                                .put("accounts", ending.accounts())
                                .build());
    }

    /// How many accounts ended, and what the edges said.
    static Json told(JsonObjectBuilder answer, Revoked revoked) {
        return answer.put("accounts", revoked.accounts())
                .put("edges", AccountAnswers.edges(revoked))
                .build();
    }

    /// Many at once: of an agent, of a service, for a user, of a tenant, or all.
    Response revokeMany(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String agent = fields.stringOrNull("agent");
        String service = fields.stringOrNull("service");
        String tenant = fields.stringOrNull("tenant");
        UserId user = user(fields.take("user"));
        boolean all = fields.booleanOr("all", false);
        fields.end();
        long given =
                Stream.of(agent, service, tenant, user).filter(Objects::nonNull).count()
                        + (all ? 1 : 0);
        if (given != 1) {
            throw new WireException(
                    "say exactly one of `agent`, `service`, `user`, `tenant`, `all`");
        }
        Revoked revoked;
        if (service != null) {
            revoked = parts.endings().endAllUsing(TENANT, new ServiceId(service), operator);
        } else if (user != null) {
            revoked = parts.endings().endAllFor(TENANT, user, operator);
        } else {
            AgentId of = agent == null ? null : new AgentId(agent);
            TenantId whose = tenant == null ? TENANT : new TenantId(tenant);
            revoked = parts.endings().endAll(whose, of, operator);
        }
        return Response.json(200, told(Json.object(), revoked));
    }

    private static @Nullable UserId user(@Nullable Json given) {
        if (given == null) {
            return null;
        }
        JsonFields fields = JsonFields.of(given);
        var user = new UserId(fields.string("issuer"), fields.string("subject"));
        fields.end();
        return user;
    }

    Response explain(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        var agent = new AgentId(fields.string("agent"));
        String task = fields.string("task");
        var services = new HashSet<ServiceId>();
        fields.strings("services").forEach(name -> services.add(new ServiceId(name)));
        fields.end();
        StoredAgent stored = parts.registry().agent(TENANT, agent);
        if (stored == null || stored.thumbprint() == null) {
            return Problem.notFound("no enrolled agent `%s`".formatted(agent)).toResponse();
        }
        var claimant =
                new OpenRequest.Claimant(
                        TENANT,
                        agent,
                        new KeyThumbprint.Certificate(stored.thumbprint()),
                        request.peer().ip());
        return ExplainAnswers.response(
                task,
                parts.broker()
                        .explain(new OpenRequest(claimant, task, null, services, null, null)));
    }

    private static AccountId id(Request request) {
        return new AccountId(request.variable("id"));
    }
}
