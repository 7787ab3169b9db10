package dev.daypass.store.sqlite;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.HashChain;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Outcome;
import dev.daypass.wire.CanonicalJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends facts to the ledger inside the writer's transaction. What it holds beyond the last
/// commit is dropped with [#rollBack()].
final class FactWriter {
    private final Statements sql;
    private final List<Recorded> pending = new ArrayList<>();
    private long sequence;
    private byte[] link;
    private long committedSequence;
    private byte[] committedLink;

    FactWriter(Statements sql) throws SQLException {
        this.sql = sql;
        Head head =
                sql
                        .rows(
                                "SELECT seq, link FROM facts ORDER BY seq DESC LIMIT 1",
                                row -> new Head(row.getLong(1), row.getBytes(2)))
                        .stream()
                        .findFirst()
                        .orElse(new Head(0, HashChain.genesis()));
        this.sequence = head.sequence;
        this.link = head.link;
        this.committedSequence = sequence;
        this.committedLink = link;
    }

    Outcome record(Instant now, TenantId tenant, @Nullable AccountId account, Fact fact)
            throws SQLException {
        var entry =
                new Entry(
                        sequence + 1,
                        Instant.ofEpochMilli(now.toEpochMilli()),
                        tenant,
                        account,
                        fact.type(),
                        fact.body());
        String body = CanonicalJson.text(entry.body());
        byte[] next = HashChain.link(link, entry, body);
        sql.update(
                "INSERT INTO facts (seq, time_ms, tenant, account, type, body, link) VALUES (?, ?, ?, ?, ?, ?, ?)",
                entry.sequence(),
                now.toEpochMilli(),
                tenant.value(),
                account == null ? null : account.value(),
                entry.type(),
                body,
                next);
        sequence = entry.sequence();
        link = next;
        pending.add(new Recorded(sequence, entry.time(), tenant, account, fact));
        return new Outcome.Applied(sequence, 1);
    }

    long sequence() {
        return sequence;
    }

    /// Takes what was recorded since the last call; the transaction is durable.
    List<Recorded> committed() {
        List<Recorded> out = List.copyOf(pending);
        pending.clear();
        committedSequence = sequence;
        committedLink = link;
        return out;
    }

    void rollBack() {
        pending.clear();
        sequence = committedSequence;
        link = committedLink;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Head(long sequence, byte[] link) {}
}
