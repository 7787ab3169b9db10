package dev.daypass.store.sql;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.AccountContractTest;
import dev.daypass.store.BudgetContractTest;
import dev.daypass.store.LedgerContractTest;
import dev.daypass.store.RegistryContractTest;
import dev.daypass.store.Store;
import dev.daypass.store.WideningContractTest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;

/// What every store promises, on a SQLite file.
class SqliteContractTest {
    private static final int BATCH_MAX = 16;

    private static Store open(
            Path directory, int queueMax, InstantSource clock, Consumer<List<Recorded>> feed) {
        var options =
                new SqlStore.Options(
                        directory.resolve("daypass.db"),
                        queueMax,
                        BATCH_MAX,
                        dev.daypass.store.FixedMaster.KEY);
        return SqlStore.open(options, clock, feed);
    }

    @Nested
    class Accounts extends AccountContractTest {
        Accounts() {
            super(SqliteContractTest::open);
        }
    }

    @Nested
    class Budgets extends BudgetContractTest {
        Budgets() {
            super(SqliteContractTest::open);
        }
    }

    @Nested
    class Ledger extends LedgerContractTest {
        Ledger() {
            super(SqliteContractTest::open);
        }
    }

    @Nested
    class Widenings extends WideningContractTest {
        Widenings() {
            super(SqliteContractTest::open);
        }
    }

    @Nested
    class Registry extends RegistryContractTest {
        Registry() {
            super(SqliteContractTest::open);
        }
    }
}
