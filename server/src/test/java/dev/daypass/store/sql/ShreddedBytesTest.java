package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.UserId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.store.Change;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is personal is nowhere on the disk in the clear, and once its key is destroyed nowhere at
/// all: every byte of every file is looked at, the log of the database and its free pages included.
class ShreddedBytesTest {
    private static final String WORDS = "Zxqvwy-";
    private static final UserId USER = new UserId("https://login.example", "mallory-Zxqvwy-sub");
    private static final int ACCOUNTS = 300;

    @TempDir Path directory;
    private Path file;
    private Store store;

    @BeforeEach
    void aLedgerThatSaysMuch() {
        file = directory.resolve("daypass.db");
        store = open();
        applied(Sample.addAgent());
        for (int i = 0; i < ACCOUNTS; i++) {
            live(i);
        }
    }

    private Store open() {
        return SqlStore.open(
                new SqlStore.Options(file, 4_096, 64, FixedMaster.KEY),
                new SettableClock(Sample.START),
                _ -> {});
    }

    private void live(int i) {
        AccountId id = Sample.id(i);
        Json.Obj user =
                Json.object().put("issuer", USER.issuer()).put("sub", USER.subject()).build();
        Json.Obj account =
                Json.object()
                        .put("agent", "buybot")
                        .put("task", WORDS + "task of " + i + " ".repeat(i))
                        .put("user", i % 2 == 0 ? user : null)
                        .put("deadline", "2026-11-24T10:10:00Z")
                        .build();
        applied(
                new Change.Open(
                        new StoredAccount(
                                id,
                                Sample.TENANT,
                                Sample.AGENT,
                                AccountState.ACTIVE,
                                null,
                                Sample.START,
                                Sample.START.plus(Sample.LIFE),
                                null,
                                null,
                                null,
                                0,
                                null),
                        new Fact.AccountOpened(account, "hash-" + WORDS + i, null)));
        applied(
                Sample.note(
                        id,
                        new Fact.CallMade(Sample.SERVICE, "search", "GET /" + WORDS + i, 200, 1)));
        applied(Sample.note(id, new Fact.CallRefused(Sample.SERVICE, "permitted", WORDS + "why")));
        applied(Sample.note(null, new Fact.OpenRefused(Sample.AGENT, "confine", WORDS + "no")));
        if (i % 3 != 0) {
            applied(Sample.end(id));
        }
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private Outcome applied(Change change) {
        Outcome outcome = store.commit(change).toCompletableFuture().join();
        assertTrue(outcome instanceof Outcome.Applied, outcome.toString());
        return outcome;
    }

    private List<String> files() throws IOException {
        var out = new ArrayList<String>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                out.add(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
            }
        }
        return out;
    }

    private void nowhere(String text) throws IOException {
        for (String bytes : files()) {
            assertFalse(bytes.contains(text), text);
        }
    }

    private boolean somewhere(String text) throws IOException {
        return files().stream().anyMatch(bytes -> bytes.contains(text));
    }

    private String key(AccountId account) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var select =
                        connection.prepareStatement(
                                "SELECT sealed FROM account_keys WHERE account = ?")) {
            select.setBytes(1, account.bytes());
            try (var row = select.executeQuery()) {
                byte[] sealed = row.next() ? row.getBytes(1) : null;
                return sealed == null ? "" : new String(sealed, StandardCharsets.ISO_8859_1);
            }
        }
    }

    private void verifies() {
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        for (StoredFact fact : store.facts(1, 10_000)) {
            assertEquals("", check.objection(fact.kept(), fact.leaf()));
        }
        assertEquals("", check.missing());
    }

    @Test
    void what_is_personal_is_never_written_in_the_clear() throws IOException {
        nowhere(WORDS);
        nowhere("mallory");
        assertTrue(store.facts(2, 1).getFirst().entry().body().text().contains(WORDS));
        store.close();
        nowhere(WORDS);
        store = open();
        assertTrue(store.facts(2, 1).getFirst().entry().body().text().contains(WORDS));
    }

    @Test
    void a_shredded_account_is_unreadable_and_its_key_is_nowhere() throws Exception {
        AccountId id = Sample.id(1);
        String key = key(id);
        assertTrue(somewhere(key));
        long facts = store.ledger().tree().size();

        long shredded = store.shred(shred(List.of(id)));

        assertEquals(1, shredded);
        nowhere(key);
        assertEquals(facts + 1, store.ledger().tree().size());
        List<StoredFact> of =
                store.facts(1, 10_000).stream()
                        .filter(fact -> id.equals(fact.kept().account()))
                        .toList();
        assertEquals(4, of.size());
        for (StoredFact fact : of.subList(0, 3)) {
            assertFalse(fact.entry().body().text().contains(WORDS));
            assertTrue(fact.entry().body().text().contains("\"shredded\":true"));
        }
        verifies();
        store.close();
        nowhere(key);
        store = open();
        verifies();
    }

    @Test
    void what_comes_after_the_shredding_is_not_kept_either() throws Exception {
        AccountId id = Sample.id(1);
        store.shred(shred(List.of(id)));

        Outcome late =
                applied(
                        Sample.note(
                                id,
                                new Fact.CallMade(
                                        Sample.SERVICE, "search", "GET /" + WORDS, 200, 1)));

        long sequence = late instanceof Outcome.Applied(var number, var _) ? number : 0;
        StoredFact fact = store.facts(sequence, 1).getFirst();
        assertTrue(fact.entry().body().text().contains("\"shredded\":true"));
        nowhere(WORDS);
        verifies();
    }

    @Test
    void a_living_account_is_left_alone() throws Exception {
        AccountId living = Sample.id(3);

        assertEquals(0, store.shred(shred(List.of(living))));

        assertTrue(String.valueOf(store.account(living).orElseThrow().details()).contains(WORDS));
    }

    @Test
    void the_accounts_of_a_user_are_found_by_a_tag_that_tells_nothing() throws Exception {
        List<AccountId> all = store.accountsOf(USER);
        assertEquals(ACCOUNTS / 2, all.size());
        assertEquals(List.of(), store.accountsOf(new UserId(USER.issuer(), "somebody")));
        List<String> keys = new ArrayList<>();
        for (AccountId id : all) {
            if (store.account(id).orElseThrow().state() == AccountState.ENDED) {
                keys.add(key(id));
            }
        }

        assertEquals(keys.size(), store.shred(shred(all)));

        for (String key : keys) {
            nowhere(key);
        }
        assertEquals(ACCOUNTS / 2 - keys.size(), store.accountsOf(USER).size());
        verifies();
    }

    private static Change.Shred shred(List<AccountId> accounts) {
        return new Change.Shred(
                Sample.TENANT, new Fact.Shredded(accounts, "asked", "operator:ada"));
    }
}
