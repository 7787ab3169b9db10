package dev.daypass.cli;

import dev.daypass.authority.CryptoProvider;
import dev.daypass.broker.AccountNews;
import dev.daypass.broker.Fleet;
import dev.daypass.checkpoint.Checkpointer;
import dev.daypass.checkpoint.CheckpointsBroken;
import dev.daypass.checkpoint.Cosigners;
import dev.daypass.config.Config;
import dev.daypass.config.DatabaseSettings;
import dev.daypass.feed.LocalFeed;
import dev.daypass.http.AcceptLimit;
import dev.daypass.http.ConnectLimit;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.sql.PostgresStore;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.vault.AccountKeySeal;
import dev.daypass.vault.Secret;
import dev.daypass.vault.SecretReader;
import dev.daypass.wire.WireException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running process: a broker, and with it perhaps edge and console.
public final class Server implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);
    private static final long SWEEP_MILLIS = 500;
    private static final long LEASE_MILLIS = 50;
    private static final long CHECKPOINT_MILLIS = 1_000;
    private static final long EVENTS_MILLIS = 100;

    private final Config config;
    private final Vertx vertx;
    private final SqlStore store;
    private final ExecutorService waiting;
    private final Stdio stdio;
    private final Health health;
    private final Listeners listeners;
    private final Ports ports;
    private final AccountNews news;
    private final Fleet fleet;
    private final Checkpointer checkpoints;
    private final Cosigners cosigners;
    private final long sweep;
    private final long leases;
    private final long signing;
    private final long events;

    private Server(
            Config config,
            CompletableFuture<DataDirectory.Keys> loading,
            Outside outside,
            InstantSource clock) {
        this.config = config;
        var feed = new LocalFeed();
        var hearsay = new Hearsay();
        this.store = open(config, loading, clock, feed, hearsay, outside.database());
        this.vertx = vertx(config);
        this.waiting = Executors.newVirtualThreadPerTaskExecutor();
        this.stdio = Stdio.of(config);
        try {
            refuseClockBehindLedger(store, clock.instant());
            DataDirectory.Keys keys = loaded(loading);
            this.checkpoints = checkpoints(config, keys);
            this.cosigners =
                    Cosigners.over(config.ledger().witnesses(), checkpoints, store.ledger());
            this.health = new Health(store, feed, checkpoints, cosigners);
            var ground =
                    new Assembly.Ground(
                            config,
                            keys,
                            store,
                            feed,
                            clock,
                            waiting,
                            new Assembly.Model(outside.modelKey(), health.metrics()),
                            stdio,
                            checkpoints);
            Assembly assembly = Assembly.on(ground);
            health.follow(assembly.edge());
            this.news = assembly.news();
            this.fleet = assembly.fleet();
            hearsay.to(assembly::said);
            attachNats(outside, keys, hearsay, feed, clock);
            fleet.takeUp();
            this.listeners = new Listeners(config, vertx);
            this.ports =
                    listeners.bind(
                            assembly,
                            health,
                            Listeners.own(config, keys.authority(), clock.instant()),
                            keys.authority().anchor());
            this.sweep =
                    vertx.setPeriodic(SWEEP_MILLIS, _ -> unlessClosing(assembly.janitor()::sweep));
            this.leases = vertx.setPeriodic(LEASE_MILLIS, _ -> unlessClosing(assembly::tick));
            this.signing = vertx.setPeriodic(CHECKPOINT_MILLIS, _ -> unlessClosing(this::sign));
            this.events =
                    vertx.setPeriodic(EVENTS_MILLIS, _ -> unlessClosing(assembly.courier()::tick));
            health.ready();
            unlessClosing(() -> Rehearsal.of(ground.commands()));
        } catch (RuntimeException e) {
            vertx.close();
            stdio.close();
            store.close();
            throw e;
        }
    }

    private void attachNats(
            Outside outside,
            DataDirectory.Keys keys,
            Hearsay hearsay,
            LocalFeed feed,
            InstantSource clock) {
        NatsBuses.attach(
                new NatsBuses.Needs(
                        config,
                        outside.natsPassword(),
                        new AccountKeySeal(keys::sealer)::tag,
                        clock,
                        hearsay),
                store,
                feed,
                health.metrics());
    }

    private void sign() {
        checkpoints.tick();
        cosigners.tick();
    }

    /// The last tick of a timer may come when the server is closing already.
    private void unlessClosing(Runnable work) {
        try {
            waiting.execute(work);
        } catch (RejectedExecutionException _) {
            LOG.debug("closing: nothing is swept any more");
        }
    }

    /// Where it listens.
    ///
    /// @param agents agents and edges, TLS
    /// @param console operator API; 0 without that role
    /// @param health health and metrics
    public record Ports(int agents, int console, int health) {}

    /// Starts and returns once every port is bound.
    ///
    /// @throws StartFailure with one line that says what is wrong and what to do
    /// @throws DataDirectoryFailure likewise
    public static Server start(Config given, InstantSource clock) {
        return start(given, clock, System.getenv());
    }

    /// The same where the key to a language model is in one of these variables.
    public static Server start(Config given, InstantSource clock, Map<String, String> environment) {
        // Tokens name the issuer, and with it the port: a free one is chosen before anything is
        // made.
        Config config = given.agents().port() == 0 ? given.withAgentsPort(freePort()) : given;
        var directory = new DataDirectory(config.data());
        directory.requireInitialised();
        var outside =
                new Outside(
                        modelKey(config, environment),
                        place(config.ledger().database(), environment),
                        NatsBuses.password(config, environment));
        // Loading the native provider and the keys takes as long as opening the database: both at
        // once.
        CompletableFuture<DataDirectory.Keys> keys =
                CompletableFuture.supplyAsync(
                        () -> {
                            CryptoProvider.install();
                            return directory.load();
                        },
                        task -> Thread.ofPlatform().name("daypass-keys").start(task));
        return new Server(config, keys, outside, clock);
    }

    /// What the configuration only names.
    ///
    /// @param modelKey key to a language model, or `null` for none
    /// @param database where it is and as whom, or `null` for the file in the data directory
    /// @param natsPassword of the user there, or `null` for none
    private record Outside(
            @Nullable Secret modelKey,
            PostgresStore.@Nullable Place database,
            @Nullable Secret natsPassword) {}

    private static @Nullable Secret modelKey(Config config, Map<String, String> environment) {
        if (!config.intent().asksModel()) {
            return null;
        }
        try {
            return SecretReader.load("intent.api_key", config.intent().apiKey(), environment);
        } catch (WireException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static DataDirectory.Keys loaded(CompletableFuture<DataDirectory.Keys> keys) {
        try {
            return keys.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("no free port: " + e.getMessage());
        }
    }

    private static SqlStore open(
            Config config,
            CompletableFuture<DataDirectory.Keys> loading,
            InstantSource clock,
            LocalFeed feed,
            Hearsay hearsay,
            PostgresStore.@Nullable Place place) {
        try {
            var options =
                    new SqlStore.Options(
                            new DataDirectory(config.data()).database(),
                            config.ledger().queueMax(),
                            config.ledger().batchMax(),
                            new AccountKeySeal(() -> loaded(loading).sealer()));
            return place == null
                    ? SqlStore.open(options, clock, feed)
                    : PostgresStore.open(
                            place,
                            options,
                            clock,
                            new PostgresStore.Ears(Hearsay.name(), feed, feed::elsewhere, hearsay));
        } catch (StoreUnavailable e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static PostgresStore.@Nullable Place place(
            DatabaseSettings database, Map<String, String> environment) {
        if (database.file()) {
            return null;
        }
        try {
            Secret password =
                    SecretReader.load("database.password", database.password(), environment);
            return new PostgresStore.Place(
                    database.url(), database.user(), password == null ? "none" : password.reveal());
        } catch (WireException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    static Vertx vertx(Config config) {
        int loops = config.edge().eventLoops();
        var options = new VertxOptions();
        options.getFileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false);
        options.setEventLoopPoolSize(
                loops > 0 ? loops : Runtime.getRuntime().availableProcessors());
        var limit =
                new AcceptLimit(
                        config.agents().port(),
                        config.admit().connectionsMax(),
                        config.admit().addressConnectionsMax());
        Transport transport =
                limit.transport(new ConnectLimit(Assembly.whereServicesMayStand(config)));
        Vertx vertx = Vertx.builder().with(options).withTransport(transport).build();
        if (transport.name().equals(Transport.NIO.name())) {
            LOG.warn("native transport is not available; connections use the jdk's own");
        }
        if (!OpenSSLEngineOptions.isAvailable()) {
            LOG.warn(
                    "boringssl is not available; tls uses the jdk's own, which is about five times slower");
        }
        return vertx;
    }

    private Checkpointer checkpoints(Config config, DataDirectory.Keys keys) {
        try {
            return Checkpointer.open(config.data(), keys.authority().trustDomain(), store.ledger());
        } catch (CheckpointsBroken e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /// A clock that went back would make deadlines longer and the ledger's times wrong.
    private static void refuseClockBehindLedger(SqlStore store, Instant now) {
        Instant last = store.lastFactTime();
        if (last.isAfter(now.plus(CLOCK_SKEW_MAX))) {
            throw new StartFailure(
                    "the clock says %s, but the ledger's last fact is of %s; set the clock right, then start again"
                            .formatted(now, last));
        }
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public Config config() {
        return config;
    }

    /// Drains: not ready any more, no new connections, answers to what is under way, and everything
    /// that was accepted is committed.
    @Override
    public void close() {
        health.draining();
        news.close();
        listeners.drain();
        stdio.close();
        // Or it would sweep once more on an executor that takes nothing any longer.
        vertx.cancelTimer(sweep);
        vertx.cancelTimer(leases);
        vertx.cancelTimer(signing);
        vertx.cancelTimer(events);
        cosigners.close();
        waiting.close();
        fleet.leave();
        store.close();
        checkpoints.tick();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
