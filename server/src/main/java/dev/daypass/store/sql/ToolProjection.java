package dev.daypass.store.sql;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.ToolFact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import java.sql.SQLException;
import java.time.Instant;

/// Applies what becomes of the tools of MCP servers inside the writer's transaction.
final class ToolProjection {
    private final Statements sql;
    private final FactWriter facts;

    ToolProjection(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    /// The first definition that differs waits for the operator; what comes after it is judged when
    /// that one is accepted.
    void noticed(TenantId tenant, ToolFact.ToolChanged changed, Instant now) throws SQLException {
        sql.update(
                """
                INSERT INTO tool_changes (tenant, service, tool, hash, definition, at_ms)
                SELECT tenant, name, ?, ?, ?, ? FROM services WHERE tenant = ? AND name = ?
                ON CONFLICT (tenant, service, tool) DO NOTHING\
                """,
                changed.tool(),
                changed.hash(),
                changed.definition() == null ? null : changed.definition().text(),
                now.toEpochMilli(),
                tenant.value(),
                changed.service().value());
    }

    Outcome accept(Change.AcceptTool accept, Instant now) throws SQLException {
        ToolFact.ToolAccepted fact = accept.fact();
        int waiting =
                sql.update(
                        "DELETE FROM tool_changes WHERE tenant = ? AND service = ? AND tool = ?",
                        accept.tenant().value(),
                        fact.service().value(),
                        fact.tool());
        int rows =
                sql.update(
                        "UPDATE services SET catalog = ? WHERE tenant = ? AND name = ? AND catalog = ?",
                        accept.after(),
                        accept.tenant().value(),
                        fact.service().value(),
                        accept.before());
        return waiting == 1 && rows == 1
                ? facts.record(now, accept.tenant(), null, fact)
                : new Outcome.NotApplied("the service or the tool has changed by now; look again");
    }

    /// A service that is registered anew has tools that were looked at.
    void forget(TenantId tenant, ServiceId service) throws SQLException {
        sql.update(
                "DELETE FROM tool_changes WHERE tenant = ? AND service = ?",
                tenant.value(),
                service.value());
    }
}
