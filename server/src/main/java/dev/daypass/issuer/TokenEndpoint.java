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
import dev.daypass.broker.Registry;
import dev.daypass.broker.Renewal;
import dev.daypass.http.Form;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.token.Claims;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The token endpoint for any OAuth client: client credentials with a task as authorization details
/// (RFC 9396), and the poll for an account that waits for a human (CIBA).
final class TokenEndpoint {
    private static final String MCP = "/mcp";
    private static final Answering<Recorded> RECORDED =
            new Answering<>(
                    opening -> new Recorded(opening, 0),
                    (recorded, fact) -> new Recorded(recorded.opening(), fact));
    private static final String CIBA = "urn:openid:params:grant-type:ciba";
    private static final long POLL_SECONDS = 5;
    private static final int DETAILS_CHARS_MAX = 16 * 1024;

    private final String issuer;
    private final Broker broker;
    private final Endings endings;
    private final Registry registry;
    private final InstantSource clock;
    private final UserChecks users;
    private final Executor waiting;

    private final Pending pending = new Pending();

    TokenEndpoint(IssuerParts parts) {
        this.issuer = parts.issuer();
        this.broker = parts.broker();
        this.endings = parts.endings();
        this.registry = parts.registry();
        this.clock = parts.clock();
        this.users = new UserChecks(parts);
        this.waiting = parts.waiting();
    }

    /// @param shown the key that was proved with the request
    CompletionStage<Response> answer(Claimant claimant, Binding shown, Form form) {
        return switch (form.getOr("grant_type", "")) {
            case "" -> now(OAuthErrors.invalidRequest("grant_type is missing"));
            case "client_credentials" -> clientCredentials(claimant, shown, form);
            case CIBA -> poll(claimant, shown, form);
            default ->
                    now(
                            OAuthErrors.of(
                                    400,
                                    "unsupported_grant_type",
                                    "known: client_credentials, " + CIBA));
        };
    }

    private CompletionStage<Response> clientCredentials(
            Claimant claimant, Binding shown, Form form) {
        OpenRequest request;
        Secret token;
        try {
            Set<ServiceId> resources = resources(form.all("resource"));
            Json.Obj details = details(claimant, form.get("authorization_details"), resources);
            JsonFields fields = JsonFields.of(withoutType(details));
            token = AccountRequests.userToken(fields);
            OpenRequest asked = ShownKeys.bind(AccountRequests.read(claimant, fields), shown);
            request = registry.settled(narrowed(asked, resources));
        } catch (InvalidTarget e) {
            return now(OAuthErrors.of(400, "invalid_target", String.valueOf(e.getMessage())));
        } catch (WireException e) {
            return now(
                    OAuthErrors.of(
                            400, "invalid_authorization_details", String.valueOf(e.getMessage())));
        }
        return token == null
                ? openOrResume(request)
                : users.check(token, request, this::openOrResume, UserAnswers::oauth);
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
                        .put("token_type", Claims.tokenType(account.binding()))
                        .put("expires_in", AccountAnswers.seconds(clock.instant(), expires))
                        .put("authorization_details", Json.array(List.of(granted)))
                        .build());
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

    private static final class InvalidTarget extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidTarget(String message) {
            super(message);
        }
    }

    /// The services that `resource` names (RFC 8707, section 2).
    private Set<ServiceId> resources(List<String> resources) {
        var out = new HashSet<ServiceId>();
        for (String resource : resources) {
            ServiceId service = service(resource);
            boolean known =
                    service != null
                            && (!resource.endsWith(MCP)
                                    || registry.mcp(dev.daypass.identity.TenantId.DEFAULT, service))
                            && registry.services(dev.daypass.identity.TenantId.DEFAULT).stream()
                                    .anyMatch(s -> s.id().equals(service));
            if (!known) {
                throw new InvalidTarget("resource is not a service here");
            }
            out.add(Objects.requireNonNull(service));
        }
        return out;
    }

    private @Nullable ServiceId service(String resource) {
        if (!resource.startsWith(issuer + "/")) {
            return null;
        }
        String named = resource.substring(issuer.length() + 1);
        // An MCP server's address is what its clients know of it (MCP 2025-11-25, Authorization).
        String rest =
                named.endsWith(MCP) ? named.substring(0, named.length() - MCP.length()) : named;
        try {
            return new ServiceId(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
        } catch (InvalidName _) {
            return null;
        }
    }

    /// The one task of the request; without details, the agent's default task for the one service
    /// that it names.
    private Json.Obj details(Claimant claimant, @Nullable String text, Set<ServiceId> resources) {
        if (text == null) {
            return defaultTask(claimant, resources);
        }
        if (text.length() > DETAILS_CHARS_MAX) {
            throw new WireException(
                    "authorization_details are longer than %d characters"
                            .formatted(DETAILS_CHARS_MAX));
        }
        if (Json.parse(text) instanceof Json.Arr(var items)
                && items.size() == 1
                && items.getFirst() instanceof Json.Obj one
                && Json.of(Claims.DETAILS_TYPE).equals(one.members().get("type"))) {
            return one;
        }
        throw new WireException("authorization_details must be an array of one agent_task");
    }

    private Json.Obj defaultTask(Claimant claimant, Set<ServiceId> resources) {
        StoredAgent agent = registry.agent(claimant.tenant(), claimant.agent());
        if (resources.size() != 1 || agent == null) {
            throw new InvalidTarget("without authorization_details exactly one resource is needed");
        }
        String task = agent.defaultTasks().get(resources.iterator().next());
        if (task == null) {
            throw new InvalidTarget("this client has no default task for that resource");
        }
        return Json.object().put("type", Claims.DETAILS_TYPE).put("task", task).build();
    }

    private static Json.Obj withoutType(Json.Obj details) {
        var members = new LinkedHashMap<>(details.members());
        members.remove("type");
        return Json.obj(members);
    }

    private static OpenRequest narrowed(OpenRequest request, Set<ServiceId> resources) {
        if (resources.isEmpty()) {
            return request;
        }
        var services = new HashSet<>(request.services().isEmpty() ? resources : request.services());
        services.retainAll(resources);
        if (services.isEmpty()) {
            throw new InvalidTarget("resource and the task's services have nothing in common");
        }
        return request.within(services);
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
