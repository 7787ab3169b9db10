package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/// Reads facts back that another process wrote. Not all of them: of calls, and of what only the
/// process that wrote it keeps count of, nobody else has to hear.
public final class FactBody {
    /// The types that are read.
    public static final List<String> TYPES =
            List.of(
                    "AgentAdded",
                    "AgentEnrolled",
                    "AgentRemoved",
                    "ServiceAdded",
                    "ServiceRemoved",
                    "CredentialRenewed",
                    "RulesChanged",
                    "ApprovalAsked",
                    "AccountOpened",
                    "AccountWidened",
                    "WideningAsked",
                    "WideningRefused",
                    "TraitsCorrected",
                    "ToolChanged",
                    "ToolAccepted",
                    "EdgeChanged",
                    "StreamChanged",
                    "AccountEnded",
                    "CallsReserved",
                    "Shredded");

    private FactBody() {}

    /// @param type one of [#TYPES]
    /// @param body as [Fact#body()] gives it; what was shredded is missing
    /// @throws WireException if it is not the body of such a fact
    public static Fact read(String type, Json.Obj body) {
        JsonFields fields = JsonFields.of(body);
        try {
            return switch (type) {
                case "AgentAdded" -> new Fact.AgentAdded(agent(fields), ceiling(fields));
                case "AgentEnrolled" ->
                        new Fact.AgentEnrolled(
                                agent(fields),
                                fields.string("thumbprint"),
                                fields.booleanOr("renewed", false));
                case "CallsReserved" -> new Fact.CallsReserved(fields.longValue("calls"));
                case "AgentRemoved" -> new Fact.AgentRemoved(agent(fields));
                case "EdgeChanged" ->
                        new Fact.EdgeChanged(
                                fields.string("edge"),
                                fields.string("change"),
                                fields.stringOrNull("detail"));
                case "StreamChanged" ->
                        new NewsFact.StreamChanged(
                                fields.string("stream"),
                                fields.string("endpoint"),
                                fields.string("change"),
                                fields.string("by"));
                case "RulesChanged" ->
                        new Fact.RulesChanged(
                                Math.toIntExact(fields.longValue("rules")), fields.string("text"));
                case "Shredded" ->
                        new Fact.Shredded(
                                fields.strings("accounts").stream().map(AccountId::new).toList(),
                                fields.string("why"),
                                fields.string("by"));
                case "ServiceAdded",
                        "ServiceRemoved",
                        "CredentialRenewed",
                        "TraitsCorrected",
                        "ToolChanged",
                        "ToolAccepted" ->
                        ofService(type, new ServiceId(fields.string("service")), fields);
                default -> ofAccount(type, fields);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new WireException("fact `%s`: %s".formatted(type, e.getMessage()));
        }
    }

    private static AgentId agent(JsonFields fields) {
        return new AgentId(fields.string("agent"));
    }

    private static Json ceiling(JsonFields fields) {
        Json ceiling = fields.take("ceiling");
        return ceiling == null ? Json.object().build() : ceiling;
    }

    private static Fact ofService(String type, ServiceId service, JsonFields fields) {
        return switch (type) {
            case "ServiceAdded" ->
                    new Fact.ServiceAdded(
                            service,
                            fields.string("upstream"),
                            Math.toIntExact(fields.longValue("operations")),
                            fields.string("catalog_hash"),
                            fields.string("credential"),
                            fields.booleanOr("accept_unbound", false),
                            fields.booleanOr("verifies_tokens", false));
            case "ServiceRemoved" -> new Fact.ServiceRemoved(service);
            case "CredentialRenewed" -> new Fact.CredentialRenewed(service);
            case "TraitsCorrected" ->
                    new Fact.TraitsCorrected(
                            service,
                            fields.string("operation"),
                            fields.take("traits") instanceof Json.Arr traits ? traits : null,
                            fields.string("by"));
            case "ToolChanged" ->
                    new ToolFact.ToolChanged(
                            service,
                            fields.string("tool"),
                            fields.string("accepted"),
                            fields.string("hash"),
                            fields.take("definition") instanceof Json.Obj definition
                                    ? definition
                                    : null);
            default ->
                    new ToolFact.ToolAccepted(
                            service,
                            fields.string("tool"),
                            fields.string("hash"),
                            fields.string("by"));
        };
    }

    private static Fact ofAccount(String type, JsonFields fields) {
        return switch (type) {
            case "AccountEnded" ->
                    new Fact.AccountEnded(
                            fields.string("reason"),
                            fields.string("by"),
                            Instant.parse(fields.string("deadline")));
            case "ApprovalAsked" ->
                    new Fact.ApprovalAsked(
                            object(fields, "account"),
                            array(fields, "rules"),
                            array(fields, "waiting"));
            case "AccountOpened" ->
                    new Fact.AccountOpened(
                            object(fields, "account"),
                            text(fields, "rsh"),
                            fields.stringOrNull("approved_by"));
            case "AccountWidened" ->
                    new Fact.AccountWidened(
                            object(fields, "account"),
                            text(fields, "rsh"),
                            object(fields, "widening"),
                            fields.stringOrNull("approved_by"));
            case "WideningAsked" ->
                    new Fact.WideningAsked(
                            object(fields, "account"),
                            array(fields, "rules"),
                            object(fields, "widening"));
            case "WideningRefused" ->
                    new Fact.WideningRefused(
                            fields.string("step"),
                            text(fields, "why"),
                            fields.string("by"),
                            object(fields, "widening"));
            default -> throw new WireException("fact `%s` is not read".formatted(type));
        };
    }

    private static Json.Obj object(JsonFields fields, String name) {
        return fields.take(name) instanceof Json.Obj object ? object : Json.object().build();
    }

    private static Json.Arr array(JsonFields fields, String name) {
        return fields.take(name) instanceof Json.Arr array ? array : Json.array(List.of());
    }

    private static String text(JsonFields fields, String name) {
        String text = fields.stringOrNull(name);
        return text == null ? "" : text;
    }
}
