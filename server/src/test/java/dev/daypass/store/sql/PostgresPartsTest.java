package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.store.Change;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredFact;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Accounts and facts in parts: made ahead of time, and those of accounts dropped once nothing of
/// them is needed. Parts of accounts are six hours wide here, those of facts a tile.
class PostgresPartsTest {
    private static final PostgresParts.Widths WIDTHS =
            new PostgresParts.Widths(Duration.ofHours(6), Duration.ofHours(12), 256);

    /// In the part of 06:00; the next begins at 12:00.
    private static final String FIRST = "accounts_2026112406";

    private static final String SECOND = "accounts_2026112412";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final int ACCOUNTS = 9;

    private static Postgres postgres;

    @TempDir Path directory;
    private final SettableClock clock = new SettableClock(Sample.START);
    private PostgresStore.Place place;
    private SqlStore store;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void aStoreWithAnAgent(TestInfo test) {
        place = postgres.place(test.getDisplayName().substring(0, 24));
        store = open("one");
        applied(Sample.addAgent());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SqlStore open(String name) {
        return PostgresStore.open(
                place,
                new SqlStore.Options(directory, 10_000, 16, FixedMaster.KEY),
                clock,
                new PostgresStore.Ears(name, _ -> {}, _ -> {}, _ -> {}),
                WIDTHS);
    }

    private void applied(Change change) {
        assertTrue(store.commit(change).toCompletableFuture().join() instanceof Outcome.Applied);
    }

    private List<String> parts(String table) {
        return postgres.strings(
                place,
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '%s'::regclass ORDER BY 1"
                        .formatted(table));
    }

    private long rows(String table) {
        return Long.parseLong(postgres.strings(place, "SELECT count(*) FROM " + table).getFirst());
    }

    private AccountId opened(int number, Instant at) {
        AccountId id = Sample.id(number, at);
        Sample.Draft draft = Sample.draft(number);
        applied(
                new Sample.Draft(
                                id,
                                draft.tenant(),
                                draft.agent(),
                                draft.state(),
                                at.plus(Sample.LIFE),
                                null,
                                null)
                        .open());
        return id;
    }

    private void ended(int accounts) {
        for (int i = 1; i <= accounts; i++) {
            applied(Sample.end(opened(i, Sample.START)));
        }
    }

    private void wholeLedger() {
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        for (StoredFact fact : store.facts(1, 10_000)) {
            assertEquals("", check.objection(fact.kept(), fact.leaf()));
        }
        assertEquals("", check.missing());
    }

    @Test
    void parts_are_made_ahead_of_time() {
        assertEquals(
                List.of(FIRST, SECOND, "accounts_2026112418", "accounts_other"), parts("accounts"));
        assertEquals(List.of("facts_1", "facts_257", "facts_other"), parts("facts"));

        clock.set(NOON);
        store.forget(Sample.START, 1);

        assertTrue(parts("accounts").contains("accounts_2026112500"));
    }

    @Test
    void a_part_of_which_all_have_ended_long_ago_is_dropped_at_once() {
        ended(ACCOUNTS);
        clock.set(NOON.plus(Sample.LIFE));

        assertEquals(ACCOUNTS, store.forget(NOON, 1), "not one by one");

        assertFalse(parts("accounts").contains(FIRST));
        assertTrue(store.account(Sample.id(1)).isEmpty());
        wholeLedger();
    }

    @Test
    void a_part_that_is_not_old_enough_stays_with_all_its_rows() {
        ended(ACCOUNTS);
        clock.set(NOON.plus(Sample.LIFE));

        assertEquals(0, store.forget(NOON.minusMillis(1), ACCOUNTS));

        assertEquals(ACCOUNTS, rows(FIRST));
    }

    @Test
    void the_part_of_a_living_account_stays_until_it_has_ended() {
        ended(ACCOUNTS);
        AccountId living = opened(100, Sample.START);
        clock.set(NOON.plus(Sample.LIFE));

        assertEquals(2, store.forget(NOON, 2), "the others leave one by one");
        assertEquals(AccountState.ACTIVE, store.account(living).orElseThrow().state());
        assertEquals(ACCOUNTS - 2 + 1, rows(FIRST));

        applied(Sample.end(living));
        clock.forward(Duration.ofMinutes(1));
        assertEquals(ACCOUNTS - 2 + 1, store.forget(NOON, 1));
        assertFalse(parts("accounts").contains(FIRST));
    }

    @Test
    void a_part_stays_while_an_edge_may_need_to_know_that_its_accounts_ended() {
        AccountId id = opened(1, NOON.minusMillis(1));
        applied(Sample.end(id));
        clock.set(NOON.plus(Sample.LIFE).minusSeconds(1));

        assertEquals(0, store.forget(NOON, 10), "its deadline is ahead");
        assertEquals(1, store.endedBeforeDeadline(clock.instant()).size());

        clock.forward(Duration.ofMinutes(1));
        assertEquals(1, store.forget(NOON, 10));
    }

    @Test
    void who_opened_at_a_boundary_is_in_one_part_and_found() {
        AccountId before = opened(1, NOON.minusMillis(1));
        AccountId at = opened(2, NOON);
        applied(Sample.end(before));

        assertEquals(1, rows(FIRST));
        assertEquals(1, rows(SECOND));
        clock.set(NOON.plus(Sample.LIFE));
        assertEquals(1, store.forget(NOON, 10));
        assertEquals(AccountState.ACTIVE, store.account(at).orElseThrow().state());
        applied(Sample.end(at));
    }

    @Test
    void a_clock_ahead_of_all_parts_is_served_and_its_accounts_get_a_part_later() {
        Instant ahead = NOON.plus(Duration.ofDays(30));
        AccountId id = opened(1, ahead);
        assertEquals(1, rows("accounts_other"));
        assertEquals(id, store.living(Sample.TENANT, null, 10).getFirst().id());

        clock.set(ahead);
        store.forget(Sample.START, 1);

        assertEquals(0, rows("accounts_other"));
        assertEquals(1, rows("accounts_2026122412"));
        applied(Sample.end(id));
        clock.forward(Duration.ofHours(6));
        assertEquals(1, store.forget(ahead.plus(Duration.ofHours(6)), 1));
    }

    @Test
    void servers_that_sweep_and_open_at_the_same_time_drop_it_once_and_lose_nothing()
            throws Exception {
        ended(ACCOUNTS);
        clock.set(NOON.plus(Sample.LIFE));
        try (SqlStore two = open("two")) {
            var opening = new ArrayList<CompletionStage<Outcome>>();
            for (int i = 0; i < 200; i++) {
                SqlStore either = i % 2 == 0 ? store : two;
                opening.add(either.commit(Sample.draft(1_000 + i).open()));
            }
            var sweeps =
                    List.of(
                            CompletableFuture.supplyAsync(() -> store.forget(Sample.START, 1)),
                            CompletableFuture.supplyAsync(() -> two.forget(Sample.START, 1)));
            for (CompletableFuture<Integer> sweep : sweeps) {
                assertEquals(0, sweep.get(60, TimeUnit.SECONDS));
            }
            for (CompletionStage<Outcome> each : opening) {
                assertTrue(
                        each.toCompletableFuture().get(60, TimeUnit.SECONDS)
                                instanceof Outcome.Applied);
            }
            assertEquals(200, store.living(Sample.TENANT, null, 1_000).size());
        }
    }

    @Test
    void of_servers_that_sweep_at_the_same_time_one_drops() throws Exception {
        ended(ACCOUNTS);
        clock.set(NOON.plus(Sample.LIFE));
        try (SqlStore two = open("two")) {
            CompletableFuture<Integer> other =
                    CompletableFuture.supplyAsync(() -> two.forget(NOON, 1));
            int here = store.forget(NOON, 1);

            assertTrue(here + other.get(60, TimeUnit.SECONDS) <= ACCOUNTS);
            // Who came second may have found it taken and left it for the next time.
            clock.forward(Duration.ofMinutes(1));
            store.forget(NOON, ACCOUNTS);
            assertFalse(parts("accounts").contains(FIRST));
            assertTrue(two.account(Sample.id(1)).isEmpty());
        }
    }

    @Test
    void who_reads_for_long_is_not_waited_for() throws SQLException {
        ended(ACCOUNTS);
        clock.set(NOON.plus(Sample.LIFE));
        try (Connection backup = DriverManager.getConnection(place.url());
                var statement = backup.createStatement()) {
            backup.setAutoCommit(false);
            statement.execute("LOCK TABLE accounts IN ACCESS SHARE MODE");

            assertEquals(0, store.forget(NOON, ACCOUNTS));
            opened(100, NOON);
            assertEquals(ACCOUNTS, rows(FIRST));
            backup.rollback();
        }
        clock.forward(Duration.ofMinutes(1));

        assertEquals(ACCOUNTS, store.forget(NOON, 1));
    }

    @Test
    void facts_beyond_all_parts_have_a_place_and_get_a_part_later() {
        ended(300);
        assertEquals(601 - 512, rows("facts_other"));
        wholeLedger();

        // The engine's own tidying may be at that table just then.
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (rows("facts_other") > 0 && System.nanoTime() < until) {
            clock.forward(Duration.ofMinutes(1));
            store.forget(Sample.START, 1);
        }

        assertEquals(0, rows("facts_other"));
        assertEquals(
                List.of("facts_1", "facts_257", "facts_513", "facts_769", "facts_other"),
                parts("facts"));
        assertEquals(256, rows("facts_257"));
        wholeLedger();
    }

    @Test
    void facts_that_an_operator_detached_are_missed_by_what_needs_them_and_by_nothing_else() {
        ended(300);
        postgres.sql(place, "ALTER TABLE facts DETACH PARTITION facts_1");

        assertEquals(257, store.facts(1, 1).getFirst().kept().sequence());
        assertThrows(StoreUnavailable.class, () -> store.ledger().tile(0, 0, 256));
        StoredFact fact = store.facts(400, 1).getFirst();
        long size = store.ledger().tree().size();
        assertTrue(
                MerkleProof.included(
                        fact.leaf(),
                        399,
                        store.ledger().tree(),
                        MerkleProof.inclusion(399, size, store.ledger().nodes(size))));
        store.close();
        store = open("again");
        applied(Sample.end(opened(301, Sample.START)));

        postgres.sql(
                place, "ALTER TABLE facts ATTACH PARTITION facts_1 FOR VALUES FROM (1) TO (257)");
        wholeLedger();
    }
}
