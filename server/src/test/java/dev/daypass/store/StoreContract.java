package dev.daypass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.ledger.Recorded;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What the tests of every driver start from: an open store with one agent, its clock, and what its
/// feed has heard.
public abstract class StoreContract {
    /// Opens a store of one driver.
    @FunctionalInterface
    public interface Driver {
        /// @param directory what the store keeps lies below it
        /// @param queueMax changes that may wait
        Store open(
                Path directory, int queueMax, InstantSource clock, Consumer<List<Recorded>> feed);
    }

    protected static final int QUEUE_MAX = 64;
    // The rest is for endings.
    protected static final int QUEUE_FOR_ALL = QUEUE_MAX - QUEUE_MAX / 8;

    protected final SettableClock clock = new SettableClock(Sample.START);
    protected final List<Recorded> heard = new CopyOnWriteArrayList<>();
    @TempDir protected Path directory;
    protected Store store;
    private final Driver driver;

    protected StoreContract(Driver driver) {
        this.driver = driver;
    }

    @BeforeEach
    void aStoreWithAnAgent() {
        store = open(heard::addAll);
        applied(Sample.addAgent());
    }

    @AfterEach
    void closed() {
        store.close();
    }

    protected Store open(Consumer<List<Recorded>> feed) {
        return driver.open(directory, QUEUE_MAX, clock, feed);
    }

    protected void reopen() {
        store.close();
        store = open(heard::addAll);
    }

    protected Outcome outcome(Change change) {
        return done(store.commit(change));
    }

    protected Outcome.Applied applied(Change change) {
        return assertInstanceOf(Outcome.Applied.class, outcome(change));
    }

    protected void notApplied(Change change) {
        int before = heard.size();
        assertInstanceOf(Outcome.NotApplied.class, outcome(change));
        assertEquals(before, heard.size(), "what did not apply is not recorded");
    }

    protected StoredAccount account(AccountId id) {
        return store.account(id).orElseThrow();
    }

    protected AccountState state(AccountId id) {
        return account(id).state();
    }

    protected static Outcome done(CompletionStage<Outcome> stage) {
        return stage.toCompletableFuture().join();
    }

    protected static StoreUnavailable unavailable(CompletionStage<Outcome> stage) {
        var thrown = assertThrows(CompletionException.class, () -> done(stage));
        return assertInstanceOf(StoreUnavailable.class, thrown.getCause());
    }

    /// Reads the whole ledger; every leaf must be right, no number missing, and all together the
    /// tree that the store has.
    ///
    /// @return how many facts
    protected static long verified(Store store) {
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        for (List<StoredFact> page = store.facts(1, 7);
                !page.isEmpty();
                page = store.facts(check.frontier().size() + 1, 7)) {
            for (StoredFact fact : page) {
                assertEquals("", check.objection(fact.kept(), fact.leaf()));
            }
        }
        assertEquals("", check.missing());
        return check.frontier().size();
    }
}
