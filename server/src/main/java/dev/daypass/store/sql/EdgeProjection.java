package dev.daypass.store.sql;

import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.Roll;
import dev.daypass.store.EdgeChange;
import dev.daypass.store.Outcome;
import dev.daypass.store.StoredEdge;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies changes of edges in other processes inside the writer's transaction.
final class EdgeProjection {
    private static final String LIST = "names";

    private final Statements sql;
    private final FactWriter facts;

    EdgeProjection(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    Outcome apply(EdgeChange change, Instant now) throws SQLException {
        return switch (change) {
            case EdgeChange.Add add -> add(add, now);
            case EdgeChange.Enrol enrol -> enrol(enrol, now);
            case EdgeChange.Renew(var name, var from, var to) -> {
                int rows =
                        sql.update(
                                "UPDATE edges SET thumbprint = ? WHERE name = ? AND thumbprint = ?",
                                to,
                                name,
                                from);
                yield rows == 1
                        ? fact(name, EdgeChange.RENEWED, to, now)
                        : new Outcome.NotApplied("that certificate is not the edge's any more");
            }
            case EdgeChange.Remove(var name) -> remove(name, now);
            case EdgeChange.Knew(var fact) -> facts.record(now, TenantId.DEFAULT, null, fact);
            case EdgeChange.Join(var life) -> join(life, now);
            case EdgeChange.Mark(var life) -> {
                int rows =
                        sql.update(
                                "UPDATE edge_lives SET leaving = 1 WHERE edge = ? AND nonce = ? AND leaving = 0",
                                life.edge(),
                                life.nonce());
                yield ofLife(rows, life, EdgeChange.LEAVING, now);
            }
            case EdgeChange.Strike(var life) -> {
                int rows =
                        sql.update(
                                "DELETE FROM edge_lives WHERE edge = ? AND nonce = ?",
                                life.edge(),
                                life.nonce());
                yield ofLife(rows, life, EdgeChange.LEFT, now);
            }
        };
    }

    private Outcome add(EdgeChange.Add add, Instant now) throws SQLException {
        StoredEdge edge = add.edge();
        sql.update(
                """
                INSERT INTO edges (name, services, hosts, enrolment_hash, enrolment_until_ms) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET services = excluded.services, hosts = excluded.hosts,
                  enrolment_hash = excluded.enrolment_hash, enrolment_until_ms = excluded.enrolment_until_ms\
                """,
                edge.name(),
                text(edge.services()),
                text(edge.hosts()),
                add.enrolmentHash().bytes(),
                add.enrolmentUntil().toEpochMilli());
        return fact(edge.name(), EdgeChange.ADDED, null, now);
    }

    private Outcome enrol(EdgeChange.Enrol enrol, Instant now) throws SQLException {
        int rows =
                sql.update(
                        """
                        UPDATE edges SET thumbprint = ?, enrolment_hash = NULL, enrolment_until_ms = NULL
                        WHERE name = ? AND enrolment_hash = ? AND enrolment_until_ms > ?\
                        """,
                        enrol.thumbprint(),
                        enrol.name(),
                        enrol.enrolmentHash().bytes(),
                        enrol.now().toEpochMilli());
        return rows == 1
                ? fact(enrol.name(), EdgeChange.ENROLLED, enrol.thumbprint(), now)
                : new Outcome.NotApplied("enrolment token is unknown, used or over");
    }

    private Outcome remove(String name, Instant now) throws SQLException {
        if (sql.update("DELETE FROM edges WHERE name = ?", name) != 1) {
            return new Outcome.NotApplied("no such edge");
        }
        sql.update("UPDATE edge_lives SET leaving = 1 WHERE edge = ?", name);
        return fact(name, EdgeChange.REMOVED, null, now);
    }

    private Outcome join(Incarnation life, Instant now) throws SQLException {
        if (!life.edge().startsWith(EdgeChange.SERVER)
                && sql.longOrNull(
                                "SELECT 1 FROM edges WHERE name = ? AND thumbprint IS NOT NULL",
                                life.edge())
                        == null) {
            return new Outcome.NotApplied("no such edge");
        }
        Long leaving =
                sql.longOrNull(
                        "SELECT leaving FROM edge_lives WHERE edge = ? AND nonce = ?",
                        life.edge(),
                        life.nonce());
        if (leaving != null) {
            return leaving == 0
                    ? new Outcome.Applied(facts.sequence(), 0)
                    : new Outcome.NotApplied("it is leaving");
        }
        boolean twins =
                sql
                        .strings(
                                "SELECT nonce FROM edge_lives WHERE edge = ? AND leaving = 0",
                                life.edge())
                        .stream()
                        .anyMatch(nonce -> life.twin(new Incarnation(life.edge(), nonce)));
        sql.update("UPDATE edge_lives SET leaving = 1 WHERE edge = ?", life.edge());
        if (twins) {
            sql.update("UPDATE edges SET thumbprint = NULL WHERE name = ?", life.edge());
            fact(life.edge(), EdgeChange.LOCKED, life.nonce(), now);
            return new Outcome.Applied(facts.sequence(), EdgeChange.TWINS);
        }
        sql.update("INSERT INTO edge_lives (edge, nonce) VALUES (?, ?)", life.edge(), life.nonce());
        return fact(life.edge(), EdgeChange.JOINED, life.nonce(), now);
    }

    private Outcome ofLife(int rows, Incarnation life, String change, Instant now)
            throws SQLException {
        return rows == 1
                ? fact(life.edge(), change, life.nonce(), now)
                : new Outcome.NotApplied("it happened before");
    }

    private Outcome fact(String edge, String change, @Nullable String detail, Instant now)
            throws SQLException {
        return facts.record(
                now, TenantId.DEFAULT, null, new Fact.EdgeChanged(edge, change, detail));
    }

    static Roll.Member member(ResultSet row) throws SQLException {
        return new Roll.Member(
                new Incarnation(row.getString(1), row.getString(2)), row.getLong(3) != 0);
    }

    static StoredEdge edge(ResultSet row) throws SQLException {
        return new StoredEdge(
                row.getString(1), list(row.getString(2)), list(row.getString(3)), row.getString(4));
    }

    private static String text(List<String> names) {
        return Json.object().put(LIST, Json.strings(names)).build().text();
    }

    private static List<String> list(String text) {
        return JsonFields.of(Json.parse(text)).strings(LIST);
    }
}
