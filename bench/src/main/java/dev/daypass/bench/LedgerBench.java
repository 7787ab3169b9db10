package dev.daypass.bench;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.authority.CryptoProvider;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.vault.AccountKeySeal;
import dev.daypass.vault.Sealer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How fast facts become durable, sealed and hashed into the tree, with writers that each wait for
/// theirs; beside it bare flushes of the same disk; and what an account of four facts takes.
final class LedgerBench implements Measurement {
    private static final int WRITERS = 64;
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int ACCOUNTS = 5_000;
    private static final AgentId AGENT = new AgentId("bench");
    private static final ServiceId SERVICE = new ServiceId("flights");

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        CryptoProvider.install();
        Path directory = site.directory("ledger");
        Path file = directory.resolve("daypass.db");
        try (Store store = open(directory, file)) {
            done(store, addAgent());
            List<AccountId> ids = accounts(store, WRITERS);
            append(store, ids, site.options().seconds() * 2);
            var rounds = new ArrayList<Json.Obj>();
            for (int round = 0; round < 3; round++) {
                Histogram appends = append(store, ids, site.options().seconds());
                Histogram flushes = flushes(directory, site.options().seconds());
                rounds.add(round(appends, flushes, site.options().seconds()));
            }
            result.put("ledger", figures(rounds, file, store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Store open(Path directory, Path file) throws IOException {
        Sealer sealer = Sealer.create(directory.resolve("vault.key"));
        var options = new SqlStore.Options(file, 10_000, 512, new AccountKeySeal(() -> sealer));
        return SqlStore.open(options, Clock.systemUTC(), _ -> {});
    }

    private static Json.Obj round(Histogram appends, Histogram flushes, int seconds) {
        return Json.object()
                .put("facts_per_s", Figures.of(appends.getTotalCount() / (double) seconds))
                .put("append_p50_ms", millis(appends, 50))
                .put("append_p99_ms", millis(appends, 99))
                .put("fsync_p50_ms", millis(flushes, 50))
                .put("fsync_p99_ms", millis(flushes, 99))
                .build();
    }

    private static Json.Obj figures(List<Json.Obj> rounds, Path file, Store store) {
        var out = Json.object().put("writers", WRITERS);
        for (String name : rounds.getFirst().members().keySet()) {
            out.put(
                    name,
                    Figures.of(
                            Figures.median(
                                    rounds.stream()
                                            .map(round -> Figures.number(round, name))
                                            .toList())));
        }
        long ledgerBefore = StorageBench.bytes(file, StorageBench.FACTS);
        long stateBefore = StorageBench.bytes(file, StorageBench.STATE);
        lives(store);
        double ledger =
                (StorageBench.bytes(file, StorageBench.FACTS) - ledgerBefore) / (double) ACCOUNTS;
        double state =
                (StorageBench.bytes(file, StorageBench.STATE) - stateBefore) / (double) ACCOUNTS;
        return out.put("account_bytes", Figures.of(ledger + state))
                .put("account_bytes_ledger", Figures.of(ledger))
                .put("account_bytes_outside", Figures.of(state))
                .build();
    }

    private static Json.Num millis(Histogram histogram, double percentile) {
        return Figures.of(histogram.getValueAtPercentile(percentile) / 1e6);
    }

    private static Histogram append(Store store, List<AccountId> ids, int seconds) {
        var histogram = new ConcurrentHistogram(3);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        var writers = new ArrayList<Thread>();
        for (AccountId id : ids) {
            writers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (long begun = System.nanoTime(); begun < end; ) {
                                    done(store, call(id));
                                    long now = System.nanoTime();
                                    histogram.recordValue(now - begun);
                                    begun = now;
                                }
                            }));
        }
        joined(writers);
        return histogram;
    }

    private static void joined(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Histogram flushes(Path directory, int seconds) throws IOException {
        var histogram = new ConcurrentHistogram(3);
        ByteBuffer page = ByteBuffer.allocateDirect(4_096);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (FileChannel file =
                FileChannel.open(
                        directory.resolve("flushed"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long begun = System.nanoTime(); begun < end; ) {
                file.write(page.rewind());
                file.force(false);
                long now = System.nanoTime();
                histogram.recordValue(now - begun);
                begun = now;
            }
        }
        return histogram;
    }

    private static void done(Store store, Change change) {
        store.commit(change).toCompletableFuture().join();
    }

    private static List<AccountId> accounts(Store store, int count) {
        var out = new ArrayList<AccountId>();
        for (int i = 0; i < count; i++) {
            AccountId id = id(i);
            done(store, opening(id));
            out.add(id);
        }
        return out;
    }

    /// Accounts of four facts each: opened, two calls, ended.
    private static void lives(Store store) {
        var waiting = new ArrayList<java.util.concurrent.CompletionStage<?>>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId id = id(i + 100_000);
            waiting.add(store.commit(opening(id)));
            waiting.add(store.commit(call(id)));
            waiting.add(store.commit(call(id)));
            waiting.add(
                    store.commit(
                            new Change.End(
                                    TenantId.DEFAULT,
                                    id,
                                    Change.End.Only.ANY,
                                    EndReason.COMPLETED,
                                    "agent")));
            if (waiting.size() >= 4_000) {
                waiting.forEach(each -> each.toCompletableFuture().join());
                waiting.clear();
            }
        }
        waiting.forEach(each -> each.toCompletableFuture().join());
    }

    static AccountId id(int number) {
        byte[] random = new byte[AccountId.RANDOM_BYTES];
        ByteBuffer.wrap(random).putInt(number);
        return AccountId.of(System.currentTimeMillis(), random);
    }

    static Change.AddAgent addAgent() {
        return new Change.AddAgent(
                new StoredAgent(TenantId.DEFAULT, AGENT, null, Map.of(), null, null),
                new Sealed("token".getBytes(StandardCharsets.UTF_8)),
                Instant.now().plusSeconds(900),
                new Fact.AgentAdded(AGENT, Json.object().build()));
    }

    private static Change.Note call(AccountId id) {
        var made = new Fact.CallMade(SERVICE, "searchOffers", "GET /offers/2026-12-24", 200, 1_234);
        return new Change.Note(TenantId.DEFAULT, id, AGENT, made);
    }

    /// As an account looks that was opened for a plain task on one operation.
    private static Change.Open opening(AccountId id) {
        return opening(id, LIFE);
    }

    static Change.Open opening(AccountId id, Duration life) {
        Instant now = Instant.now();
        Json leaf =
                Json.object()
                        .put("service", "flights")
                        .put("operation", "searchOffers")
                        .put(
                                "constraints",
                                Json.object()
                                        .put("query.from", Json.strings(List.of("NYC")))
                                        .put("query.to", Json.strings(List.of("LON")))
                                        .build())
                        .put("traits", Json.strings(List.of("read")))
                        .put("because", "find the cheapest flight from New York to London")
                        .build();
        Json.Obj account =
                Json.object()
                        .put("id", id.value())
                        .put("tenant", "default")
                        .put("agent", AGENT.value())
                        .put("task", "find the cheapest flight from New York to London")
                        .put("grant", Json.array(List.of(leaf)))
                        .put(
                                "cnf",
                                Json.object()
                                        .put(
                                                "x5t#S256",
                                                "kq3cZ0b1d5fT8hJ2mP4rV6xY9aC1eG3iK5nQ7sU0wBM")
                                        .build())
                        .put("opened", now.toString())
                        .put("deadline", now.plus(life).toString())
                        .build();
        return new Change.Open(
                new StoredAccount(
                        id,
                        TenantId.DEFAULT,
                        AGENT,
                        AccountState.ACTIVE,
                        null,
                        now,
                        now.plus(life),
                        null,
                        null,
                        null,
                        0,
                        null),
                new Fact.AccountOpened(
                        account, "sQ3cZ0b1d5fT8hJ2mP4rV6xY9aC1eG3iK5nQ7sU0wBM", null));
    }
}
