package dev.daypass.store.sql;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.AccountContractTest;
import dev.daypass.store.BudgetContractTest;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.LedgerContractTest;
import dev.daypass.store.RegistryContractTest;
import dev.daypass.store.Store;
import dev.daypass.store.WideningContractTest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// What every store promises, in a PostgreSQL that the test starts.
class PostgresContractTest {
    private static final int BATCH_MAX = 16;

    private static Postgres postgres;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Store open(
            Path directory, int queueMax, InstantSource clock, Consumer<List<Recorded>> feed) {
        return PostgresStore.open(
                postgres.place(directory.getFileName().toString()),
                new SqlStore.Options(directory, queueMax, BATCH_MAX, FixedMaster.KEY),
                clock,
                new PostgresStore.Ears("alone", feed, feed, _ -> {}));
    }

    @Nested
    class Accounts extends AccountContractTest {
        Accounts() {
            super(PostgresContractTest::open);
        }
    }

    @Nested
    class Budgets extends BudgetContractTest {
        Budgets() {
            super(PostgresContractTest::open);
        }
    }

    @Nested
    class Ledger extends LedgerContractTest {
        Ledger() {
            super(PostgresContractTest::open);
        }
    }

    @Nested
    class Widenings extends WideningContractTest {
        Widenings() {
            super(PostgresContractTest::open);
        }
    }

    @Nested
    class Registry extends RegistryContractTest {
        Registry() {
            super(PostgresContractTest::open);
        }
    }
}
