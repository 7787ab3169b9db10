package dev.daypass.store.sql;

import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.wire.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Applies changes of agents, services and rules inside the writer's transaction.
final class RegistryProjection {
    private final Statements sql;
    private final FactWriter facts;

    RegistryProjection(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    Outcome addAgent(Change.AddAgent add, Instant now) throws SQLException {
        StoredAgent agent = add.agent();
        var tasks = new TreeMap<String, Json>();
        agent.defaultTasks().forEach((service, task) -> tasks.put(service.value(), Json.of(task)));
        sql.update(
                """
                INSERT INTO agents (tenant, name, ceiling, default_tasks, enrolment_hash, enrolment_until_ms)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, name) DO UPDATE SET ceiling = excluded.ceiling,
                  default_tasks = excluded.default_tasks, enrolment_hash = excluded.enrolment_hash,
                  enrolment_until_ms = excluded.enrolment_until_ms\
                """,
                agent.tenant().value(),
                agent.id().value(),
                agent.ceiling(),
                Json.obj(tasks).text(),
                add.enrolmentHash().bytes(),
                add.enrolmentUntil().toEpochMilli());
        return facts.record(now, agent.tenant(), null, add.fact());
    }

    Outcome enrol(Change.Enrol enrol, Instant now) throws SQLException {
        int rows =
                sql.update(
                        """
                        UPDATE agents SET jwk = ?, thumbprint = ?, enrolment_hash = NULL, enrolment_until_ms = NULL
                        WHERE tenant = ? AND name = ? AND enrolment_hash = ? AND enrolment_until_ms > ?\
                        """,
                        enrol.jwk(),
                        enrol.fact().thumbprint(),
                        enrol.tenant().value(),
                        enrol.fact().agent().value(),
                        enrol.enrolmentHash().bytes(),
                        enrol.now().toEpochMilli());
        return rows == 1
                ? facts.record(now, enrol.tenant(), null, enrol.fact())
                : new Outcome.NotApplied("enrolment token is unknown, used or over");
    }

    Outcome renew(Change.Renew renew, Instant now) throws SQLException {
        int rows =
                sql.update(
                        "UPDATE agents SET jwk = ?, thumbprint = ? WHERE tenant = ? AND name = ? AND thumbprint = ?",
                        renew.jwk(),
                        renew.fact().thumbprint(),
                        renew.tenant().value(),
                        renew.fact().agent().value(),
                        renew.oldThumbprint());
        return rows == 1
                ? facts.record(now, renew.tenant(), null, renew.fact())
                : new Outcome.NotApplied("the certificate shown is not the agent's newest");
    }

    Outcome removeAgent(Change.RemoveAgent remove, Instant now) throws SQLException {
        int rows =
                sql.update(
                        "DELETE FROM agents WHERE tenant = ? AND name = ?",
                        remove.tenant().value(),
                        remove.agent().value());
        return rows == 1
                ? facts.record(now, remove.tenant(), null, new Fact.AgentRemoved(remove.agent()))
                : new Outcome.NotApplied("no such agent");
    }

    Outcome putService(Change.PutService put, Instant now) throws SQLException {
        StoredService service = put.service();
        sql.update(
                """
                INSERT INTO services
                  (tenant, name, upstream, catalog, credential_kind, credential, accept_unbound, verifies_tokens)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, name) DO UPDATE SET upstream = excluded.upstream, catalog = excluded.catalog,
                  credential_kind = excluded.credential_kind, credential = excluded.credential,
                  accept_unbound = excluded.accept_unbound, verifies_tokens = excluded.verifies_tokens\
                """,
                service.tenant().value(),
                service.id().value(),
                service.upstream(),
                service.catalog(),
                service.credentialKind(),
                service.credential() == null ? null : service.credential().bytes(),
                service.acceptUnbound() ? 1 : 0,
                service.verifiesTokens() ? 1 : 0);
        return facts.record(now, service.tenant(), null, put.fact());
    }

    Outcome renewCredential(Change.RenewCredential renew, Instant now) throws SQLException {
        int rows =
                sql.update(
                        "UPDATE services SET credential = ? WHERE tenant = ? AND name = ? AND credential = ?",
                        renew.after().bytes(),
                        renew.tenant().value(),
                        renew.service().value(),
                        renew.before().bytes());
        return rows == 1
                ? facts.record(
                        now, renew.tenant(), null, new Fact.CredentialRenewed(renew.service()))
                : new Outcome.NotApplied("the service has another credential by now");
    }

    Outcome removeService(Change.RemoveService remove, Instant now) throws SQLException {
        int rows =
                sql.update(
                        "DELETE FROM services WHERE tenant = ? AND name = ?",
                        remove.tenant().value(),
                        remove.service().value());
        // Another service that comes under the name must not inherit what was said of this one.
        sql.update(
                "DELETE FROM corrections WHERE tenant = ? AND service = ?",
                remove.tenant().value(),
                remove.service().value());
        return rows == 1
                ? facts.record(
                        now, remove.tenant(), null, new Fact.ServiceRemoved(remove.service()))
                : new Outcome.NotApplied("no such service");
    }

    Outcome correctTraits(Change.CorrectTraits correct, Instant now) throws SQLException {
        Fact.TraitsCorrected fact = correct.fact();
        String tenant = correct.tenant().value();
        String service = fact.service().value();
        if (sql.longOrNull("SELECT 1 FROM services WHERE tenant = ? AND name = ?", tenant, service)
                == null) {
            return new Outcome.NotApplied("no such service");
        }
        Json.Arr traits = fact.traits();
        if (traits == null) {
            int rows =
                    sql.update(
                            "DELETE FROM corrections WHERE tenant = ? AND service = ? AND operation = ?",
                            tenant,
                            service,
                            fact.operation());
            return rows == 1
                    ? facts.record(now, correct.tenant(), null, fact)
                    : new Outcome.NotApplied("nothing was corrected there");
        }
        sql.update(
                """
                INSERT INTO corrections (tenant, service, operation, traits, operator, at_ms)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, service, operation) DO UPDATE SET traits = excluded.traits,
                  operator = excluded.operator, at_ms = excluded.at_ms\
                """,
                tenant,
                service,
                fact.operation(),
                words(traits),
                fact.by(),
                now.toEpochMilli());
        return facts.record(now, correct.tenant(), null, fact);
    }

    private static String words(Json.Arr traits) {
        return traits.items().stream()
                .map(item -> item instanceof Json.Str(var word) ? word : item.text())
                .collect(Collectors.joining(","));
    }

    Outcome putRules(Change.PutRules put, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO rules (tenant, text) VALUES (?, ?) ON CONFLICT (tenant) DO UPDATE SET text = excluded.text",
                put.tenant().value(),
                put.fact().text());
        return facts.record(now, put.tenant(), null, put.fact());
    }
}
