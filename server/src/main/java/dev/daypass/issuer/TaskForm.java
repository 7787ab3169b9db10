package dev.daypass.issuer;

import dev.daypass.account.Account;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Binding;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.broker.Registry;
import dev.daypass.http.Form;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.token.Claims;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The task that an OAuth client wants an account for, as its request says it: one of
/// `authorization_details` (RFC 9396), narrowed by `resource` (RFC 8707) and `audience` (RFC 8693).
final class TaskForm {
    private static final String MCP = "/mcp";
    private static final int DETAILS_CHARS_MAX = 16 * 1024;

    private final String issuer;
    private final Registry registry;

    TaskForm(String issuer, Registry registry) {
        this.issuer = issuer;
        this.registry = registry;
    }

    /// @param request what is asked of the broker
    /// @param userToken of the user for whom the account is to act; `null` for none
    record Asked(OpenRequest request, @Nullable Secret userToken) {}

    /// @param shown the key that was proved with the request
    /// @throws InvalidTarget if there is no such service
    /// @throws WireException if the details are malformed
    Asked read(Claimant claimant, Binding shown, Form form) {
        Set<ServiceId> resources = resources(form.all("resource"));
        Json.Obj details = details(form.get("authorization_details"));
        return asked(
                claimant,
                shown,
                resources,
                details == null ? defaultTask(claimant, resources) : details);
    }

    /// The same for an account below another: without details it is for the whole of the other's
    /// task.
    ///
    /// @throws InvalidTarget if there is no such service
    /// @throws WireException if the details are malformed, or name another parent
    Asked read(Claimant claimant, Binding shown, Form form, Account parent) {
        Set<ServiceId> targets = resources(form.all("resource"));
        form.all("audience").forEach(name -> targets.add(audience(name)));
        Json.Obj details = details(form.get("authorization_details"));
        Asked asked =
                asked(claimant, shown, targets, details == null ? task(parent.task()) : details);
        OpenRequest.Below below = asked.request().below();
        if (below.parent() != null && !below.parent().equals(parent.id())) {
            throw new WireException("`parent` is not the account of subject_token");
        }
        var inside = new OpenRequest.Below(parent.id(), below.delegates(), below.depth());
        return new Asked(asked.request().below(inside), asked.userToken());
    }

    private Asked asked(
            Claimant claimant, Binding shown, Set<ServiceId> targets, Json.Obj details) {
        JsonFields fields = JsonFields.of(withoutType(details));
        Secret token = AccountRequests.userToken(fields);
        OpenRequest asked = ShownKeys.bind(AccountRequests.read(claimant, fields), shown);
        return new Asked(registry.settled(narrowed(asked, targets)), token);
    }

    /// `resource` or `audience` names what is not here, or nothing of what the task is for.
    static final class InvalidTarget extends RuntimeException {
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
                            && (!resource.endsWith(MCP) || registry.mcp(TenantId.DEFAULT, service))
                            && registry.services(TenantId.DEFAULT).stream()
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

    /// The service that `audience` names, by its name here (RFC 8693, section 2.1).
    private ServiceId audience(String name) {
        return registry.services(TenantId.DEFAULT).stream()
                .map(StoredService::id)
                .filter(service -> service.value().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidTarget("audience is not a service here"));
    }

    /// The one task of the request; `null` where it has no details.
    private static Json.@Nullable Obj details(@Nullable String text) {
        if (text == null) {
            return null;
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

    /// The agent's default task for the one service that it names.
    private Json.Obj defaultTask(Claimant claimant, Set<ServiceId> resources) {
        StoredAgent agent = registry.agent(claimant.tenant(), claimant.agent());
        if (resources.size() != 1 || agent == null) {
            throw new InvalidTarget("without authorization_details exactly one resource is needed");
        }
        String task = agent.defaultTasks().get(resources.iterator().next());
        if (task == null) {
            throw new InvalidTarget("this client has no default task for that resource");
        }
        return task(task);
    }

    private static Json.Obj task(String task) {
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
}
