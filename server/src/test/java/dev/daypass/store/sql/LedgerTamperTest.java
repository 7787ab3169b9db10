package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredFact;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database administrator with a connection of his own changes the ledger; the tree tells.
class LedgerTamperTest {
    private static final int FACTS = 12;

    @TempDir Path directory;
    private Store store;
    private Connection administrator;
    private List<StoredFact> original;

    @BeforeEach
    void aLedger() throws SQLException {
        Path file = directory.resolve("daypass.db");
        store =
                SqlStore.open(
                        new SqlStore.Options(file, 64, 16, dev.daypass.store.FixedMaster.KEY),
                        new SettableClock(Sample.START),
                        _ -> {});
        store.commit(Sample.addAgent()).toCompletableFuture().join();
        store.commit(Sample.draft(1).open()).toCompletableFuture().join();
        for (int i = 2; i < FACTS; i++) {
            var why = new Fact.OpenRefused(Sample.AGENT, "decide", "rule " + i + " é \u0001");
            store.commit(Sample.note(i % 2 == 0 ? Sample.id(1) : null, why))
                    .toCompletableFuture()
                    .join();
        }
        original = store.facts(1, 100);
        administrator = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @AfterEach
    void closed() throws SQLException {
        administrator.close();
        store.close();
    }

    @Test
    void an_untouched_ledger_verifies() {
        assertEquals("", objection());
        assertEquals(FACTS, original.size());
    }

    @Test
    void any_changed_byte_is_noticed() {
        Check.forAll(
                200,
                random -> {
                    int sequence = 1 + random.nextInt(FACTS);
                    String column =
                            Gen.pick(random, "tenant", "account", "type", "body", "sealed", "leaf");
                    byte[] before = bytes(column, sequence);
                    if (before.length == 0) {
                        return; // a fact without an account, or of the default tenant
                    }
                    byte[] after = before.clone();
                    int at = random.nextInt(after.length);
                    after[at] = (byte) (after[at] ^ 1 << random.nextInt(8));
                    write(column, sequence, after);

                    assertNoticed(column + " of " + sequence);

                    write(column, sequence, before);
                });
        assertEquals("", objection());
    }

    @Test
    void a_changed_time_or_account_is_noticed() throws SQLException {
        run("UPDATE facts SET time_ms = time_ms + 1 WHERE seq = 3");
        assertNoticed("time");
        run("UPDATE facts SET time_ms = time_ms - 1 WHERE seq = 3");
        run("UPDATE facts SET account = NULL WHERE seq = 3");
        assertNoticed("account");
    }

    @Test
    void a_dropped_a_moved_and_an_invented_fact_are_noticed() {
        Check.forAll(
                30,
                random -> {
                    int sequence = 1 + random.nextInt(FACTS - 1);
                    undone(random, sequence);
                });
        assertEquals("", objection());
    }

    private void undone(Random random, int sequence) {
        String change =
                Gen.pick(
                        random,
                        "DELETE FROM facts WHERE seq = " + sequence,
                        "UPDATE facts SET body = (SELECT body FROM facts WHERE seq = "
                                + (sequence % FACTS + 1)
                                + ") WHERE seq = "
                                + sequence,
                        "INSERT INTO facts (seq, time_ms, tenant, account, type, body, leaf, sealed) SELECT "
                                + (FACTS + 1)
                                + ", time_ms, tenant, account, type, body, leaf, sealed FROM facts WHERE seq = "
                                + sequence);
        run("CREATE TEMP TABLE IF NOT EXISTS saved AS SELECT * FROM facts");
        run(change);
        assertNoticed(change);
        run("DELETE FROM facts");
        run("INSERT INTO facts SELECT * FROM saved");
    }

    // Noticed also if what is read is, in its canonical form, what was written: nothing was
    // changed then.
    private void assertNoticed(String what) {
        String objection = objection();
        assertFalse(objection.isEmpty() && !store.facts(1, 100).equals(original), what);
    }

    private String objection() {
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        try {
            for (StoredFact fact : store.facts(1, 100)) {
                String found = check.objection(fact.kept(), fact.leaf());
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } catch (StoreUnavailable e) {
            return String.valueOf(e.getMessage());
        }
        return check.missing();
    }

    private byte[] bytes(String column, int sequence) {
        try (PreparedStatement select =
                        administrator.prepareStatement(
                                "SELECT CAST(" + column + " AS BLOB) FROM facts WHERE seq = ?");
                var row = bound(select, sequence).executeQuery()) {
            byte[] found = row.next() ? row.getBytes(1) : null;
            return found == null ? new byte[0] : found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, int sequence)
            throws SQLException {
        statement.setInt(1, sequence);
        return statement;
    }

    private void write(String column, int sequence, byte[] value) {
        String type = column.equals("tenant") || column.equals("type") ? "CAST(? AS TEXT)" : "?";
        try (PreparedStatement update =
                administrator.prepareStatement(
                        "UPDATE facts SET " + column + " = " + type + " WHERE seq = ?")) {
            update.setBytes(1, value);
            update.setInt(2, sequence);
            assertEquals(1, update.executeUpdate());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) {
        try (var statement = administrator.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
