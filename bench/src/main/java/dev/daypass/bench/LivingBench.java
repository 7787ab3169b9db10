package dev.daypass.bench;

import dev.daypass.authority.CryptoProvider;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.sql.PostgresStore;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.vault.AccountKeySeal;
import dev.daypass.vault.Sealer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Many living accounts in a PostgreSQL of its own: how fast they open, what each takes, how long
/// what goes through them takes, and how a server starts with them.
final class LivingBench implements Measurement {
    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final int OPENED = 5_000;
    private static final int UNDER_WAY = 2_000;
    private static final int PAGE = 1_000;
    private static final int SWEPT = 500;
    private static final Duration LIFE = Duration.ofDays(2);
    private static final int TIMES = 5;
    private static final String USER = "postgres";

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        CryptoProvider.install();
        Path directory = site.directory("living");
        Path data = directory.resolve("data");
        Deployment.init(data);
        var rows = Json.object();
        try (EmbeddedPostgres postgres = postgres(directory.resolve("postgresql"))) {
            int there = 0;
            for (int size : SIZES) {
                rows.put("at_" + size, at(site, data, postgres, there, size));
                there = size;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        result.put("living", rows.build());
    }

    private static EmbeddedPostgres postgres(Path directory) throws IOException {
        // What is durable must be durable: the builder's own settings leave that out.
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    private static Json at(Site site, Path data, EmbeddedPostgres postgres, int there, int size)
            throws IOException {
        String url = postgres.getJdbcUrl(USER, USER);
        var out = Json.object().put("accounts", size);
        try (SqlStore store = store(data, url, size)) {
            if (there == 0) {
                store.commit(LedgerBench.addAgent()).toCompletableFuture().join();
            }
            out.put("opens_per_s", Figures.of(opened(store, there)));
            if (there == 0) {
                sizes(postgres, out);
            }
            copied(postgres, size - there - OPENED);
            Instant now = Instant.now();
            AccountId some = last(store);
            out.put("page_ms", millis(() -> store.living(TenantId.DEFAULT, null, PAGE)))
                    .put("overdue_none_ms", millis(() -> store.overdue(now, SWEPT)))
                    .put("overdue_ms", millis(() -> store.overdue(now.plus(LIFE), SWEPT)))
                    .put("one_ms", millis(() -> store.account(some)));
            out.put("opens_per_s_then", Figures.of(opened(store, size)));
        }
        restart(site, data, url, out);
        return out.build();
    }

    private static SqlStore store(Path data, String url, int life) throws IOException {
        Sealer sealer = Sealer.load(data.resolve("vault.key"));
        return PostgresStore.open(
                new PostgresStore.Place(url, USER, "none"),
                new SqlStore.Options(data, 10_000, 512, new AccountKeySeal(() -> sealer)),
                Clock.systemUTC(),
                new PostgresStore.Ears("bench" + life, _ -> {}, _ -> {}, _ -> {}));
    }

    /// @return how many a second
    private static double opened(Store store, int from) {
        var waiting = new ArrayDeque<CompletionStage<Outcome>>();
        long begun = System.nanoTime();
        for (int i = from; i < from + OPENED; i++) {
            if (waiting.size() == UNDER_WAY) {
                waiting.remove().toCompletableFuture().join();
            }
            waiting.add(store.commit(LedgerBench.opening(LedgerBench.id(i), LIFE)));
        }
        waiting.forEach(each -> each.toCompletableFuture().join());
        return OPENED / ((System.nanoTime() - begun) / 1e9);
    }

    /// The rest are rows beside those of accounts that were opened, with ids of their own and the
    /// same opening facts: nobody waits for a million flushes.
    private static void copied(EmbeddedPostgres postgres, int rows) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO accounts SELECT substr(a.id, 1, 14) || upper(substr(md5(a.id || n || %d), 1, 16)),
                      a.tenant, a.agent, a.state, a.reason, a.opened_ms, a.deadline_ms, a.ended_ms, a.parent, a.calls_max,
                      a.calls_used, a.opening, a.lease_seconds
                    FROM (SELECT * FROM accounts ORDER BY id LIMIT 1000) a, generate_series(1, %d) n\
                    """
                            .formatted(rows, rows / 1_000));
            statement.execute("ANALYZE accounts");
        } catch (SQLException e) {
            throw new IllegalStateException("accounts cannot be copied", e);
        }
    }

    private static Json.Num millis(Runnable read) {
        var out = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            read.run();
            out.add((System.nanoTime() - begun) / 1e6);
        }
        return Figures.of(Figures.median(out));
    }

    private static AccountId last(Store store) {
        return store.accounts(new AccountFilter(TenantId.DEFAULT, null, null), 1).getFirst().id();
    }

    private static void sizes(EmbeddedPostgres postgres, JsonObjectBuilder out) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("accounts", "account_keys", "facts")) {
                try (ResultSet row =
                        statement.executeQuery(
                                "SELECT coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size('%s')) FROM pg_partition_tree('%s')"
                                        .formatted(table, table))) {
                    if (row.next()) {
                        out.put("bytes_" + table, Figures.of(row.getLong(1) / (double) OPENED));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be measured", e);
        }
    }

    private static void restart(Site site, Path data, String url, JsonObjectBuilder out) {
        var needs = new Deployment.Needs(data, site.cores().both(), site.options().jvm());
        var database =
                Map.of(
                        "DAYPASS_DATABASE_URL", url,
                        "DAYPASS_DATABASE_USER", USER,
                        "DAYPASS_DATABASE_PASSWORD", "none");
        try (Child server = Deployment.serve(needs, database)) {
            Json.Obj memory = server.ask("memory");
            out.put("start_ms", Math.round(server.readyMillis()))
                    .put("heap_mib", Figures.of(Figures.number(memory, "heap") / (1 << 20)))
                    .put(
                            "resident_mib",
                            Figures.of(Figures.number(memory, "resident") / (1 << 20)));
        }
    }
}
