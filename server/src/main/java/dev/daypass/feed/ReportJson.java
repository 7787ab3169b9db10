package dev.daypass.feed;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Passed;
import dev.daypass.ledger.ToolFact;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import org.jspecify.annotations.Nullable;

/// What an edge in another process did, on its way to the ledger.
///
/// @param tenant whose
/// @param account the account it is about
/// @param agent the agent, for usage
/// @param fact a call that was made or refused, or a tool that changed
public record ReportJson(TenantId tenant, AccountId account, AgentId agent, Fact fact) {
    private static final int STATUS_MAX = 999;

    public Json write() {
        return Json.object()
                .put("tenant", tenant.value())
                .put("account", account.value())
                .put("agent", agent.value())
                .put("type", fact.type())
                .put("body", fact.body())
                .build();
    }

    /// @throws WireException if it is malformed, or of a kind that edges do not record
    public static ReportJson read(Json json) {
        JsonFields fields = JsonFields.of(json);
        String type = fields.string("type");
        JsonFields body =
                JsonFields.of(
                        fields.take("body") instanceof Json.Obj o ? o : Json.object().build());
        Fact fact =
                switch (type) {
                    case "CallMade" ->
                            new Fact.CallMade(
                                    new ServiceId(body.string("service")),
                                    body.string("operation"),
                                    body.string("request"),
                                    status(body.longValue("status")),
                                    body.longValue("micros"),
                                    passed(body.objectOrNull("passed")));
                    case "CallRefused" -> {
                        Long unrecorded = body.longOrNull("unrecorded");
                        yield new Fact.CallRefused(
                                new ServiceId(body.string("service")),
                                body.string("step"),
                                body.string("why"),
                                unrecorded == null ? 0 : unrecorded);
                    }
                    case "ToolChanged" ->
                            new ToolFact.ToolChanged(
                                    new ServiceId(body.string("service")),
                                    body.string("tool"),
                                    body.string("accepted"),
                                    body.string("hash"),
                                    body.take("definition") instanceof Json.Obj o ? o : null);
                    default -> throw new WireException("edges do not record `" + type + "`");
                };
        body.end();
        return new ReportJson(
                new TenantId(fields.string("tenant")),
                new AccountId(fields.string("account")),
                new AgentId(fields.string("agent")),
                fact);
    }

    private static int status(long status) {
        if (status < 0 || status > STATUS_MAX) {
            throw new WireException("`status` is no status");
        }
        return (int) status;
    }

    private static @Nullable Passed passed(@Nullable JsonFields fields) {
        return fields == null
                ? null
                : new Passed(
                        fields.longValue("messages_to_service"),
                        fields.longValue("bytes_to_service"),
                        fields.longValue("messages_to_agent"),
                        fields.longValue("bytes_to_agent"));
    }
}
