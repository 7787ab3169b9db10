package dev.daypass.store.sql;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.NewsFact;
import dev.daypass.ledger.ToolFact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.sql.UsageCounts.Count;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies changes inside the writer's transaction: the state they change and the facts that say
/// so.
final class Projection {
    private static final int DELEGATION_DEPTH_MAX = 16;

    private final Statements sql;
    private final FactWriter facts;
    private final UsageCounts usage;
    private final RegistryProjection registry;
    private final WideningProjection widenings;
    private final ToolProjection tools;
    private final EdgeProjection edges;
    private final OutwardProjection outward;

    Projection(Writing writing) {
        this.sql = writing.sql();
        this.facts = writing.facts();
        this.usage = writing.usage();
        this.registry = new RegistryProjection(sql, facts);
        this.tools = new ToolProjection(sql, facts);
        this.edges = new EdgeProjection(sql, facts);
        this.outward = new OutwardProjection(sql, facts);
        this.widenings = new WideningProjection(sql, facts);
    }

    Outcome apply(Change change, Instant now) throws SQLException {
        return switch (change) {
            case Change.AddAgent add -> registry.addAgent(add, now);
            case Change.Enrol enrol -> registry.enrol(enrol, now);
            case Change.Renew renew -> registry.renew(renew, now);
            case Change.RemoveAgent remove -> registry.removeAgent(remove, now);
            case Change.PutService put -> {
                tools.forget(put.tenant(), put.service().id());
                yield registry.putService(put, now);
            }
            case Change.RenewCredential renew -> registry.renewCredential(renew, now);
            case Change.RemoveService remove -> {
                tools.forget(remove.tenant(), remove.service());
                yield registry.removeService(remove, now);
            }
            case Change.PutRules put -> registry.putRules(put, now);
            case Change.Open open -> open(open, now);
            case Change.Approve approve -> approve(approve, now);
            case Change.Widen widen -> widenings.widen(widen, now);
            case Change.AcceptTool accept -> tools.accept(accept, now);
            case Change.CorrectTraits correct -> registry.correctTraits(correct, now);
            case Change.End end -> end(end, now);
            case Change.EndAll all -> endAll(all, now);
            case Change.OfEdge(var ofEdge) -> edges.apply(ofEdge, now);
            case Change.OfOutward(var ofOutward) -> outward.apply(ofOutward, now);
            case Change.Reserve reserve -> reserve(reserve, now);
            case Change.Shred shred -> facts.shred(now, shred.tenant(), shred.fact());
            case Change.Note note -> note(note, now);
        };
    }

    private Outcome open(Change.Open open, Instant now) throws SQLException {
        StoredAccount account = open.account();
        String objection = objection(account, now);
        if (!objection.isEmpty()) {
            return new Outcome.NotApplied(objection);
        }
        Outcome recorded = facts.record(now, account.tenant(), account.id(), open.fact());
        sql.update(
                """
                INSERT INTO accounts (id, tenant, agent, state, opened_ms, deadline_ms, parent, calls_max, opening, lease_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                account.id().value(),
                account.tenant().value(),
                account.agent().value(),
                account.state().code(),
                account.opened().toEpochMilli(),
                account.deadline().toEpochMilli(),
                account.parent() == null ? null : account.parent().value(),
                account.callsMax(),
                facts.sequence(),
                open.lease() == null ? null : open.lease().toSeconds());
        outward.refer(open.status());
        return recorded;
    }

    private String objection(StoredAccount account, Instant now) throws SQLException {
        // An opening that was under way when its agent was taken away must not outlive it.
        if (sql.longOrNull(
                        "SELECT 1 FROM agents WHERE tenant = ? AND name = ?",
                        account.tenant().value(),
                        account.agent().value())
                == null) {
            return "the agent is not registered";
        }
        if (account.parent() == null) {
            return "";
        }
        // One that waits starts its time when it is approved, and is looked at again then.
        Instant until = account.state() == AccountState.ACTIVE ? account.deadline() : now;
        if (sql.longOrNull(
                        """
                        SELECT 1 FROM accounts
                        WHERE id = ? AND tenant = ? AND state = ? AND deadline_ms > ? AND deadline_ms >= ?\
                        """,
                        account.parent().value(),
                        account.tenant().value(),
                        AccountState.ACTIVE.code(),
                        now.toEpochMilli(),
                        until.toEpochMilli())
                == null) {
            return "the parent account is not active, or ends sooner";
        }
        return ancestors(account.parent()).size() < DELEGATION_DEPTH_MAX
                ? ""
                : "accounts are delegated at most %d deep".formatted(DELEGATION_DEPTH_MAX);
    }

    private Outcome approve(Change.Approve approve, Instant now) throws SQLException {
        int rows =
                sql.update(
                        """
                        UPDATE accounts SET state = ?, opened_ms = ?, deadline_ms = ?
                        WHERE id = ? AND tenant = ? AND state = ? AND deadline_ms > ?
                        AND (parent IS NULL OR EXISTS (SELECT 1 FROM accounts p WHERE p.id = accounts.parent
                          AND p.state = ? AND p.deadline_ms > ? AND p.deadline_ms >= ?))\
                        """,
                        AccountState.ACTIVE.code(),
                        approve.opened().toEpochMilli(),
                        approve.deadline().toEpochMilli(),
                        approve.account().value(),
                        approve.tenant().value(),
                        AccountState.AWAITING_APPROVAL.code(),
                        now.toEpochMilli(),
                        AccountState.ACTIVE.code(),
                        now.toEpochMilli(),
                        approve.deadline().toEpochMilli());
        if (rows != 1) {
            return new Outcome.NotApplied(
                    "the account does not wait for approval any more, or its parent ends sooner");
        }
        Outcome recorded = facts.record(now, approve.tenant(), approve.account(), approve.fact());
        sql.update(
                "UPDATE accounts SET opening = ? WHERE id = ?",
                facts.sequence(),
                approve.account().value());
        return recorded;
    }

    private Outcome end(Change.End end, Instant now) throws SQLException {
        AccountState state = state(end.account());
        if (state == null || !held(end)) {
            return new Outcome.NotApplied("no such account");
        }
        if (state == AccountState.ENDED || (end.only().in() != null && end.only().in() != state)) {
            return new Outcome.NotApplied("the account is " + state.word());
        }
        Outcome last = endOne(end.tenant(), end.account(), end.reason(), end.by(), now);
        // Dead nodes are walked too: a living child may hang below one.
        List<AccountId> descendants = descendants(end.account());
        long ended = 1;
        for (AccountId descendant : descendants) {
            if (state(descendant) != AccountState.ENDED) {
                last = endOne(end.tenant(), descendant, EndReason.PARENT_ENDED, end.by(), now);
                ended++;
            }
        }
        return switch (last) {
            case Outcome.Applied(var sequence, var _) -> new Outcome.Applied(sequence, ended);
            case Outcome.NotApplied not -> not;
        };
    }

    private Outcome endAll(Change.EndAll all, Instant now) throws SQLException {
        List<AccountId> ids = all.whose().ids();
        AgentId agent = all.whose().agent();
        long ended = 0;
        for (AccountId id : ids != null ? ids : living(all.tenant(), agent)) {
            var only = Change.End.Only.of(agent);
            var one = new Change.End(all.tenant(), id, only, EndReason.REVOKED, all.by());
            // Some of them end with those that they were delegated from.
            if (end(one, now) instanceof Outcome.Applied(var _, var count)) {
                ended += count;
            }
        }
        return ended == 0
                ? new Outcome.NotApplied("no account of these lives")
                : new Outcome.Applied(facts.sequence(), ended);
    }

    private List<AccountId> living(TenantId tenant, @Nullable AgentId agent) throws SQLException {
        return sql.rows(
                "SELECT id FROM accounts WHERE state < 2 AND tenant = ? AND agent = coalesce(?, agent)",
                row -> new AccountId(row.getString(1)),
                tenant.value(),
                agent == null ? null : agent.value());
    }

    private boolean held(Change.End end) throws SQLException {
        Long rows =
                sql.longOrNull(
                        "SELECT count(*) FROM accounts WHERE id = ? AND tenant = ? AND agent = coalesce(?, agent)",
                        end.account().value(),
                        end.tenant().value(),
                        end.only().of() == null ? null : end.only().of().value());
        return rows != null && rows == 1 && (!end.only().spent() || spent(end));
    }

    /// Nothing is left of its budget or of one above it. While a child lives, whose last call may
    /// be under way, an account is not spent.
    private boolean spent(Change.End end) throws SQLException {
        Long children =
                sql.longOrNull(
                        "SELECT count(*) FROM accounts WHERE parent = ? AND state <> ?",
                        end.account().value(),
                        AccountState.ENDED.code());
        if (children != null && children > 0) {
            return false;
        }
        for (AccountId account : ancestors(end.account())) {
            Budget budget = budget(end.tenant(), account);
            if (budget != null && budget.left() <= 0) {
                return true;
            }
        }
        return false;
    }

    private Outcome endOne(
            TenantId tenant, AccountId account, EndReason reason, String by, Instant now)
            throws SQLException {
        sql.update(
                "UPDATE accounts SET state = ?, reason = ?, ended_ms = ?, opening = NULL WHERE id = ?",
                AccountState.ENDED.code(),
                reason.code(),
                now.toEpochMilli(),
                account.value());
        Long deadline =
                sql.longOrNull("SELECT deadline_ms FROM accounts WHERE id = ?", account.value());
        Instant until = Instant.ofEpochMilli(deadline == null ? now.toEpochMilli() : deadline);
        var fact = new Fact.AccountEnded(reason.word(), by, until);
        Outcome recorded = facts.record(now, tenant, account, fact);
        outward.announce(reason, now);
        return recorded;
    }

    private List<AccountId> descendants(AccountId root) throws SQLException {
        var out = new ArrayList<AccountId>();
        for (String id :
                sql.strings(
                        """
                        WITH RECURSIVE below (id) AS (
                          SELECT id FROM accounts WHERE parent = ?
                          UNION SELECT a.id FROM accounts a JOIN below b ON a.parent = b.id)
                        SELECT id FROM below\
                        """,
                        root.value())) {
            out.add(new AccountId(id));
        }
        return out;
    }

    private Outcome reserve(Change.Reserve reserve, Instant now) throws SQLException {
        List<AccountId> chain = ancestors(reserve.account());
        long granted = chain.isEmpty() ? 0 : reserve.calls();
        for (AccountId account : chain) {
            Budget budget = budget(reserve.tenant(), account);
            if (budget == null) {
                return new Outcome.NotApplied("the account is not active");
            }
            granted = Math.max(Math.min(granted, budget.left()), -budget.used());
        }
        if (granted == 0) {
            return new Outcome.NotApplied("nothing left of the budget");
        }
        for (AccountId account : chain) {
            sql.update(
                    "UPDATE accounts SET calls_used = calls_used + ? WHERE id = ?",
                    granted,
                    account.value());
        }
        var fact = new Fact.CallsReserved(granted);
        facts.record(now, reserve.tenant(), reserve.account(), fact);
        return new Outcome.Applied(facts.sequence(), granted);
    }

    private record Budget(long used, long left) {}

    private @Nullable Budget budget(TenantId tenant, AccountId account) throws SQLException {
        return sql
                .rows(
                        """
                        SELECT calls_used, coalesce(calls_max - calls_used, 9000000000000) FROM accounts
                        WHERE id = ? AND tenant = ? AND state = 1\
                        """,
                        row -> new Budget(row.getLong(1), row.getLong(2)),
                        account.value(),
                        tenant.value())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /// An account and every account above it, itself first.
    private List<AccountId> ancestors(AccountId account) throws SQLException {
        return sql.rows(
                """
                WITH RECURSIVE above (id, parent) AS (
                  SELECT id, parent FROM accounts WHERE id = ?
                  UNION ALL SELECT a.id, a.parent FROM accounts a JOIN above b ON a.id = b.parent)
                SELECT id FROM above LIMIT ?\
                """,
                row -> new AccountId(row.getString(1)),
                account.value(),
                DELEGATION_DEPTH_MAX);
    }

    /// Removes ended accounts that no token can refer to any more, and what belongs to those that
    /// are gone.
    ///
    /// @param gone only ids below what it says: they sort by opening time
    Outcome forget(Database.Gone gone, int limit, Instant now) throws SQLException {
        String before = gone.below();
        int rows =
                sql.update(
                        """
                        DELETE FROM accounts WHERE id IN (
                          SELECT id FROM accounts WHERE id < ? AND state = 2 AND deadline_ms <= ? LIMIT ?)\
                        """,
                        before,
                        now.toEpochMilli(),
                        limit);
        widenings.forget(before);
        outward.forget(before);
        sql.update(
                "DELETE FROM account_keys WHERE account < ? AND sealed IS NULL",
                PostgresParts.bits(before));
        return new Outcome.Applied(facts.sequence(), rows);
    }

    private Outcome note(Change.Note note, Instant now) throws SQLException {
        switch (note.fact()) {
            case Fact.CallMade made -> usage.add(note, made.service(), Count.CALL, now);
            case Fact.CallRefused refused ->
                    usage.add(
                            note, refused.service(), Count.refused(1 + refused.unrecorded()), now);
            case ToolFact.ToolChanged changed -> tools.noticed(note.tenant(), changed, now);
            case Fact.OpenRefused _, Fact.TokenRenewed _ -> {}
            case Fact.AgentAdded _,
                    Fact.AgentEnrolled _,
                    Fact.AgentRemoved _,
                    Fact.ServiceAdded _,
                    Fact.ServiceRemoved _,
                    Fact.CredentialRenewed _,
                    Fact.RulesChanged _,
                    Fact.ApprovalAsked _,
                    Fact.AccountOpened _,
                    Fact.AccountWidened _,
                    Fact.WideningAsked _,
                    Fact.WideningRefused _,
                    Fact.TraitsCorrected _,
                    ToolFact.ToolAccepted _,
                    Fact.Shredded _,
                    Fact.AccountEnded _,
                    Fact.EdgeChanged _,
                    NewsFact _,
                    Fact.CallsReserved _ ->
                    throw new IllegalArgumentException(
                            note.fact().type() + " changes state and cannot be a note");
        }
        return facts.record(now, note.tenant(), note.account(), note.fact());
    }

    private @Nullable AccountState state(AccountId id) throws SQLException {
        Long state = sql.longOrNull("SELECT state FROM accounts WHERE id = ?", id.value());
        return state == null ? null : AccountState.ofCode(state);
    }
}
