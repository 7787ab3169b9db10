package dev.daypass.console;

import dev.daypass.broker.Registry;
import dev.daypass.broker.Unbound;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.policy.RuleInfo;
import dev.daypass.policy.Rules;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.vault.Access;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Agents, services and rules.
final class RegistryEndpoints {
    /// First path segments that are ours.
    private static final Set<String> RESERVED = Set.of("v1", "oauth2", "health", "openapi");

    private static final TenantId TENANT = TenantId.DEFAULT;

    private final ConsoleParts parts;
    private final Registry registry;

    RegistryEndpoints(ConsoleParts parts) {
        this.parts = parts;
        this.registry = parts.registry();
    }

    Response agents(Request request, String operator) {
        return Response.json(
                200,
                Json.array(
                        registry.agents(TENANT).stream().map(RegistryEndpoints::agent).toList()));
    }

    private static Json agent(StoredAgent agent) {
        return Json.object()
                .put("name", agent.id().value())
                .put("enrolled", agent.thumbprint() != null)
                .put("thumbprint", agent.thumbprint())
                .put("ceiling", agent.ceiling())
                .build();
    }

    Response addAgent(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        var name = new AgentId(fields.string("name"));
        String ceiling = fields.stringOrNull("ceiling");
        Map<ServiceId, String> tasks = defaultTasks(fields.take("default_tasks"));
        fields.end();
        Secret token = registry.addAgent(TENANT, name, ceiling, tasks);
        return Response.json(
                201,
                Json.object()
                        .put("name", name.value())
                        .put("enrolment_token", token.reveal())
                        .put("expires_in", Registry.ENROLMENT_LIFE.toSeconds())
                        .build());
    }

    private static Map<ServiceId, String> defaultTasks(@Nullable Json given) {
        if (given == null || given instanceof Json.Null) {
            return Map.of();
        }
        Map<ServiceId, String> tasks = new HashMap<>();
        if (!(given instanceof Json.Obj(var members))) {
            throw new WireException("`default_tasks` must map services to tasks");
        }
        members.forEach((service, task) -> {
            if (!(task instanceof Json.Str(var words))) {
                throw new WireException("`default_tasks` must map services to tasks");
            }
            tasks.put(new ServiceId(service), words);
        });
        return tasks;
    }

    Response removeAgent(Request request, String operator) {
        var name = new AgentId(request.variable("name"));
        boolean removed = registry.removeAgent(TENANT, name);
        long ended = parts.endings().endAll(TENANT, name, operator).accounts();
        return removed
                ? Response.json(
                        200, Json.object().put("name", name.value()).put("ended", ended).build())
                : Problem.notFound("no agent `%s`".formatted(name)).toResponse();
    }

    Response services(Request request, String operator) {
        return Response.json(
                200,
                Json.array(
                        registry.services(TENANT).stream()
                                .map(RegistryEndpoints::service)
                                .toList()));
    }

    private static Json service(StoredService service) {
        return Json.object()
                .put("name", service.id().value())
                .put("upstream", service.upstream())
                .put("credential", service.credentialKind())
                .put("accept_unbound", service.acceptUnbound() ? Json.of(true) : null)
                .put("verifies_tokens", service.verifiesTokens() ? Json.of(true) : null)
                .build();
    }

    Response putService(Request request, String operator) {
        var name = new ServiceId(request.variable("name"));
        if (RESERVED.contains(name.value())) {
            throw new WireException("service name `%s` is taken by Daypass itself".formatted(name));
        }
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DOCUMENT));
        Access access =
                Access.read(
                        fields.take("credential"),
                        fields.take("tls"),
                        fields.stringOrNull("cookies"));
        String stdio = fields.stringOrNull("stdio");
        Json mcp =
                stdio == null
                        ? fields.take("mcp")
                        : parts.mcpServers().offer(stdio, fields.strings("client"));
        var registration =
                new Registry.Registration(
                        TENANT,
                        name,
                        stdio == null ? fields.string("upstream") : "stdio:" + stdio,
                        stdio == null ? fields.string("source") : stdio,
                        mcp == null ? fields.string("openapi") : "",
                        fields.booleanOr("accept_unbound", false),
                        fields.booleanOr("verifies_tokens", false));
        fields.end();
        Registry.Registered registered =
                mcp == null
                        ? registry.putService(registration, access)
                        : registry.putMcp(registration, mcp, access);
        return Response.json(
                200,
                Json.object()
                        .put("name", name.value())
                        .put("title", registered.title())
                        .put("operations", registered.operations())
                        .put("credential", access.kind())
                        .put(
                                "skipped",
                                Json.array(
                                        registered.skipped().stream()
                                                .map(s ->
                                                        Json.object()
                                                                .put("where", s.where())
                                                                .put("why", s.why())
                                                                .build())
                                                .toList()))
                        .put(
                                "warnings",
                                registration.acceptUnbound()
                                        ? Json.strings(List.of(Unbound.warning(name)))
                                        : null)
                        .build());
    }

    Response removeService(Request request, String operator) {
        var name = new ServiceId(request.variable("name"));
        boolean removed = registry.removeService(TENANT, name);
        long ended = parts.endings().endAllUsing(TENANT, name, operator).accounts();
        return removed
                ? Response.json(
                        200, Json.object().put("name", name.value()).put("ended", ended).build())
                : Problem.notFound("no service `%s`".formatted(name)).toResponse();
    }

    Response rules(Request request, String operator) {
        return Response.json(200, described(registry.rules(TENANT)));
    }

    Response putRules(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DOCUMENT));
        String source = fields.string("source");
        String text = fields.string("text");
        fields.end();
        return Response.json(200, described(registry.putRules(TENANT, source, text)));
    }

    private static Json described(Rules rules) {
        return Json.array(rules.describe().stream().map(RuleInfo::toJson).toList());
    }
}
