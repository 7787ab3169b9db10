package dev.daypass.cli;

import dev.daypass.authority.CryptoProvider;
import dev.daypass.authority.KnownPeers;
import dev.daypass.authority.ServerCredential;
import dev.daypass.broker.BrokerParts;
import dev.daypass.broker.Minting;
import dev.daypass.config.Config;
import dev.daypass.console.Console;
import dev.daypass.console.ConsoleParts;
import dev.daypass.edge.Edge;
import dev.daypass.feed.LocalFeed;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Listener;
import dev.daypass.http.Routes;
import dev.daypass.intent.PlainParser;
import dev.daypass.issuer.AccountAnswers;
import dev.daypass.issuer.Issuer;
import dev.daypass.issuer.IssuerParts;
import dev.daypass.issuer.Signatures;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.sqlite.SqliteStore;
import dev.daypass.vault.Vault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running process: broker, edge and console, wired together. The only place that knows all
/// parts.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration SERVER_CERTIFICATE_LIFE = Duration.ofDays(90);
    private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);
    private static final long DRAIN_SECONDS = 10;
    private static final long START_SECONDS = 30;
    private static final long SWEEP_MILLIS = 500;

    private final Config config;
    private final Vertx vertx;
    private final SqliteStore store;
    private final ExecutorService waiting;
    private final Ports ports;
    private final List<Listener.Bound> bound;
    private final Health health;

    private Server(Running running, Ports ports, List<Listener.Bound> bound) {
        this.config = running.config;
        this.vertx = running.vertx;
        this.store = running.store;
        this.waiting = running.waiting;
        this.health = running.health;
        this.ports = ports;
        this.bound = bound;
    }

    /// Where it listens.
    ///
    /// @param agents agents and edges, TLS
    /// @param console operator API
    /// @param health health and metrics
    public record Ports(int agents, int console, int health) {}

    private record Running(
            Config config,
            Vertx vertx,
            SqliteStore store,
            ExecutorService waiting,
            Health health) {}

    /// Starts and returns once every port is bound.
    ///
    /// @throws StartFailure with one line that says what is wrong and what to do
    public static Server start(Config given, InstantSource clock) {
        // Tokens name the issuer, and with it the port: a free one is chosen before anything is
        // made.
        Config config = given.agents().port() == 0 ? given.withAgentsPort(freePort()) : given;
        CryptoProvider.install();
        var directory = new DataDirectory(config.data());
        DataDirectory.Keys keys = directory.load();
        var feed = new LocalFeed();
        SqliteStore store = open(config, directory, clock, feed);
        ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
        Vertx vertx = vertx(config);
        try {
            refuseClockBehindLedger(store, clock.instant());
            var running = new Running(config, vertx, store, waiting, new Health(store));
            return listen(running, keys, feed, clock);
        } catch (RuntimeException e) {
            vertx.close();
            store.close();
            throw e;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("no free port: " + e.getMessage());
        }
    }

    private static SqliteStore open(
            Config config, DataDirectory directory, InstantSource clock, LocalFeed feed) {
        try {
            var options =
                    new SqliteStore.Options(
                            directory.database(),
                            config.ledger().queueMax(),
                            config.ledger().batchMax());
            return SqliteStore.open(options, clock, feed);
        } catch (StoreUnavailable e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static Vertx vertx(Config config) {
        int loops = config.edge().eventLoops();
        var options = new VertxOptions().setPreferNativeTransport(true);
        options.getFileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false);
        if (loops > 0) {
            options.setEventLoopPoolSize(loops);
        } else {
            options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
        }
        Vertx vertx = Vertx.vertx(options);
        if (!vertx.isNativeTransportEnabled()) {
            LOG.warn("native transport is not available; connections use the JDK's own");
        }
        if (!io.vertx.core.net.OpenSSLEngineOptions.isAvailable()) {
            LOG.warn(
                    "boringssl is not available; tls uses the jdk's own, which is about five times slower");
        }
        return vertx;
    }

    /// A clock that went back would make deadlines longer and the ledger's times wrong.
    private static void refuseClockBehindLedger(SqliteStore store, Instant now) {
        Instant last = store.lastFactTime();
        if (last.isAfter(now.plus(CLOCK_SKEW_MAX))) {
            throw new StartFailure(
                    "the clock says %s, but the ledger's last fact is of %s; set the clock right, then start again"
                            .formatted(now, last));
        }
    }

    private static Server listen(
            Running running, DataDirectory.Keys keys, LocalFeed feed, InstantSource clock) {
        Config config = running.config();
        var vault = new Vault(keys.sealer());
        var time = new Minting.Time(clock, System::nanoTime, new SecureRandom());
        var minting =
                new Minting(config.issuer(), config.token().ttlMax(), keys.keys()::sign, time);
        BrokerParts broker =
                BrokerParts.assemble(
                        new BrokerParts.Needs(
                                config, running.store(), feed, vault, keys.authority()),
                        minting,
                        new PlainParser(),
                        running.waiting());
        var peers = new KnownPeers(keys.authority().anchor());
        Routes issuer =
                Issuer.routes(
                        new IssuerParts(
                                config.issuer(),
                                broker.broker(),
                                broker.registry(),
                                minting,
                                keys.keys(),
                                peers,
                                clock,
                                running.waiting()),
                        openApi());
        var trust =
                new Edge.Trust(
                        config.issuer(),
                        config.trustDomain(),
                        Signatures.of(keys.keys()),
                        peers,
                        config.ledger().readsDurableFirst());
        Edge edge =
                Edge.join(
                        broker.link(),
                        vault,
                        trust,
                        config.edge(),
                        new Edge.Clocks(clock, System::nanoTime));
        ServerCredential tls =
                keys.authority()
                        .issueServer(names(config), clock.instant(), SERVER_CERTIFICATE_LIFE);
        var listenerTls =
                new Listener.Tls(tls.chainPem(), tls.keyPem(), keys.authority().anchor().pem());
        int loops =
                config.edge().eventLoops() > 0
                        ? config.edge().eventLoops()
                        : Runtime.getRuntime().availableProcessors();

        Listener.Bound agents =
                bound(
                        "agents",
                        config.agents().port(),
                        plain(config)
                                .secured(listenerTls)
                                .bind(
                                        running.vertx(),
                                        config.agents().host(),
                                        config.agents().port(),
                                        loops,
                                        v -> agents(config, issuer, edge, v)));
        Routes operators =
                Console.routes(
                        new ConsoleParts(
                                broker.broker(),
                                broker.registry(),
                                running.store(),
                                new AccountAnswers(minting),
                                keys.operators(),
                                config.edge().allowPrivateUpstreams(),
                                running.waiting()),
                        openApi());
        Listener consoleListener =
                config.console().tls()
                        ? plain(config).secured(new Listener.Tls(tls.chainPem(), tls.keyPem(), ""))
                        : plain(config);
        Listener.Bound console =
                bound(
                        "console",
                        config.console().port(),
                        consoleListener.bind(
                                running.vertx(),
                                config.console().host(),
                                config.console().port(),
                                1,
                                _ -> new Dispatcher(operators)));
        Listener.Bound healthPort =
                bound(
                        "health",
                        config.health().port(),
                        plain(config)
                                .bind(
                                        running.vertx(),
                                        config.health().host(),
                                        config.health().port(),
                                        1,
                                        _ -> new Dispatcher(running.health().routes())));
        running.vertx()
                .setPeriodic(SWEEP_MILLIS, _ -> running.waiting().execute(broker.janitor()::sweep));
        running.health().ready();
        return new Server(
                running,
                new Ports(agents.port(), console.port(), healthPort.port()),
                List.of(agents, console, healthPort));
    }

    private static Listener plain(Config config) {
        return Listener.plain(
                (int) config.edge().idleTimeout().toSeconds(), config.edge().headerBytesMax());
    }

    private static Dispatcher agents(Config config, Routes issuer, Edge edge, Vertx vertx) {
        if (!config.roles().contains(Config.Role.EDGE)) {
            return new Dispatcher(issuer);
        }
        return new Dispatcher(issuer, edge.onLoop(vertx));
    }

    /// Every name that the listeners may be called by.
    private static List<String> names(Config config) {
        var names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        String host = URI.create(config.issuer()).getHost();
        if (host != null) {
            names.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        }
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) {
            LOG.debug("this host does not know its own name");
        }
        return List.copyOf(names);
    }

    private static String openApi() {
        try (InputStream in = Server.class.getResourceAsStream("/dev/daypass/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Listener.Bound bound(String key, int port, Future<Listener.Bound> binding) {
        try {
            return binding.toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean taken =
                    cause instanceof BindException || String.valueOf(cause).contains("in use");
            throw new StartFailure(
                    taken
                            ? "port %d is in use; set `%s.port`, or stop what listens there"
                                    .formatted(port, key)
                            : "cannot listen for `%s` on port %d: %s"
                                    .formatted(key, port, cause == null ? e : cause.getMessage()));
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "listening for `%s` took more than %d s".formatted(key, START_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting");
        }
    }

    public Ports ports() {
        return ports;
    }

    public Config config() {
        return config;
    }

    /// Drains: not ready any more, no new connections, answers to what is under way, and everything
    /// that was accepted is committed.
    @Override
    public void close() {
        health.draining();
        for (Listener.Bound listener : bound) {
            try {
                listener.drain(DRAIN_SECONDS)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(DRAIN_SECONDS + 2, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("draining: {}", e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        waiting.close();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
