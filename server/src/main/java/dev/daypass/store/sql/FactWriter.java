package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.Recorded;
import dev.daypass.ledger.Tiles;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.store.Outcome;
import dev.daypass.store.PackedJson;
import dev.daypass.store.PersonalParts;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends facts to the ledger and leaves to its tree inside the writer's transaction. What it
/// holds beyond the last commit is dropped with [#rollBack()]. Rows of facts go to the database
/// many at once, the last of them with [#write()].
final class FactWriter {
    private static final String INSERT =
            "INSERT INTO facts (seq, time_ms, tenant, account, type, body, sealed, leaf) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?)";
    private static final int COLUMNS = 8;
    private static final int ROWS_AT_ONCE = 16;
    private static final String INSERT_MANY = INSERT + ROW + (", " + ROW).repeat(ROWS_AT_ONCE - 1);

    private final Statements sql;
    private final FactKeys keys;
    private final List<Recorded> pending = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<@Nullable Object> rows = new ArrayList<>(ROWS_AT_ONCE * COLUMNS);
    private final List<TreeHash> leaves = new ArrayList<>();
    private Frontier frontier;
    private Frontier written;
    private volatile Tree committed;

    private record Node(int level, long number, TreeHash hash) {}

    /// @param frontier what the next fact is appended to
    FactWriter(Statements sql, PersonalParts parts, Frontier frontier) {
        this.sql = sql;
        this.keys = new FactKeys(sql, parts);
        this.frontier = frontier;
        this.written = frontier;
        this.committed = new Tree(frontier.size(), frontier.root());
    }

    Outcome record(Instant now, TenantId tenant, @Nullable AccountId account, Fact fact)
            throws SQLException {
        var entry =
                new Entry(
                        frontier.size() + 1,
                        Instant.ofEpochMilli(now.toEpochMilli()),
                        tenant,
                        account,
                        fact.type(),
                        fact.body());
        write(keys.kept(entry));
        pending.add(new Recorded(entry.sequence(), entry.time(), tenant, account, fact));
        return new Outcome.Applied(entry.sequence(), 1);
    }

    private void write(Entry kept) throws SQLException {
        String body = CanonicalJson.text(kept.body());
        TreeHash leaf = TreeHash.leaf(kept.canonical(body));
        String sealed = kept.sealed();
        Collections.addAll(
                rows,
                kept.sequence(),
                kept.time().toEpochMilli(),
                kept.tenant().equals(TenantId.DEFAULT) ? null : kept.tenant().value(),
                kept.account() == null ? null : kept.account().bytes(),
                FactTypes.code(kept.type()),
                PackedJson.pack(kept.body()),
                sealed == null ? null : Base64Url.decode(sealed),
                leaf.bytes());
        if (rows.size() == ROWS_AT_ONCE * COLUMNS) {
            sql.update(INSERT_MANY, rows.toArray());
            rows.clear();
        }
        append(leaf);
    }

    /// Writes a fact of before there was a tree anew: sealed, and with its leaf.
    void rewrite(Entry fact) throws SQLException {
        Entry kept = keys.kept(fact);
        String body = CanonicalJson.text(kept.body());
        TreeHash leaf = TreeHash.leaf(kept.canonical(body));
        String sealed = kept.sealed();
        sql.update(
                "UPDATE facts SET body = ?, sealed = ?, leaf = ? WHERE seq = ?",
                PackedJson.pack(kept.body()),
                sealed == null ? null : Base64Url.decode(sealed),
                leaf.bytes(),
                kept.sequence());
        append(leaf);
    }

    private void append(TreeHash leaf) throws SQLException {
        leaves.add(leaf);
        nodes.clear();
        frontier =
                frontier.append(
                        0,
                        leaf,
                        (level, number, hash) -> {
                            if (level > 0 && level % Tiles.HEIGHT == 0) {
                                nodes.add(new Node(level / Tiles.HEIGHT, number, hash));
                            }
                        });
        for (Node node : nodes) {
            sql.update(
                    "INSERT INTO tree (level, number, hash) VALUES (?, ?, ?)",
                    node.level(),
                    node.number(),
                    node.hash().bytes());
        }
    }

    /// Destroys keys; a fact says which.
    Outcome shred(Instant now, TenantId tenant, Fact.Shredded asked) throws SQLException {
        Fact.Shredded done = keys.shred(asked);
        if (done.accounts().isEmpty()) {
            return new Outcome.NotApplied(
                    "no ended account of these has anything personal that is readable");
        }
        record(now, tenant, null, done);
        return new Outcome.Applied(sequence(), done.accounts().size());
    }

    long sequence() {
        return frontier.size();
    }

    /// What the last commit left, of this server or of another.
    Frontier durable() {
        return written;
    }

    /// Goes on from what is there, where others have appended.
    void from(Frontier there) {
        if (!there.equals(written)) {
            written = there;
            frontier = there;
            committed = new Tree(there.size(), there.root());
        }
    }

    /// Whether the ledger that is there holds what was to be committed: its leaves at their places.
    boolean became(Frontier there) throws SQLException {
        if (leaves.isEmpty() || there.size() < frontier.size()) {
            return false;
        }
        return sql.rows(
                        "SELECT leaf FROM facts WHERE seq > ? AND seq <= ? ORDER BY seq",
                        row -> TreeHash.of(row.getBytes(1)),
                        written.size(),
                        frontier.size())
                .equals(leaves);
    }

    /// Another server has destroyed keys.
    void shredded(List<AccountId> accounts) {
        keys.shredded(accounts);
    }

    /// The tree as of the last commit. For any thread.
    Tree tree() {
        return committed;
    }

    /// Whether this transaction has appended anything.
    boolean appended() {
        return frontier.size() != written.size();
    }

    /// Keeps what the next append needs, as the transaction's last step.
    void write() throws SQLException {
        for (int at = 0; at < rows.size(); at += COLUMNS) {
            sql.update(INSERT + ROW, rows.subList(at, at + COLUMNS).toArray());
        }
        rows.clear();
        if (appended()) {
            Sequencer.write(sql, frontier);
        }
    }

    /// Takes what was recorded since the last call; the transaction is durable.
    List<Recorded> committed() {
        List<Recorded> out = List.copyOf(pending);
        pending.clear();
        leaves.clear();
        keys.committed();
        written = frontier;
        committed = new Tree(frontier.size(), frontier.root());
        return out;
    }

    void rollBack() {
        pending.clear();
        rows.clear();
        leaves.clear();
        keys.rollBack();
        frontier = written;
    }
}
