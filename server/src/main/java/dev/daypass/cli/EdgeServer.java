package dev.daypass.cli;

import dev.daypass.authority.CryptoProvider;
import dev.daypass.authority.KnownPeers;
import dev.daypass.authority.ServerCredential;
import dev.daypass.config.Config;
import dev.daypass.dpop.Nonces;
import dev.daypass.dpop.Proofs;
import dev.daypass.dpop.SeenProofs;
import dev.daypass.edge.Edge;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Listener;
import dev.daypass.http.Routes;
import dev.daypass.remote.BrokerClient;
import dev.daypass.remote.EdgeLives;
import dev.daypass.remote.RemoteEdgeLink;
import dev.daypass.vault.EdgeVault;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that is an edge alone. It has no store; on disk it holds its identity and nothing
/// else, and what it needs besides it has from its broker, in memory.
public final class EdgeServer implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);
    private static final int NONCE_SECRET_BYTES = 32;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Config config;
    private final Vertx vertx;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final OneProcess lock;
    private final Stdio stdio;
    private final Listeners listeners;
    private final EdgeHealth health;
    private final BrokerClient broker;
    private final RemoteEdgeLink link;
    private final EdgeTrust trust;
    private final EdgeRenewal renewal;
    private final Server.Ports ports;

    private EdgeServer(Config config, EdgeIdentity identity, OneProcess lock, InstantSource clock) {
        this.config = config;
        this.lock = lock;
        this.vertx = Server.vertx(config);
        this.stdio = Stdio.of(config);
        try {
            this.listeners = new Listeners(config, vertx);
            this.health =
                    new EdgeHealth(
                            identity.name(), identity.certificate().getNotAfter().toInstant());
            int healthPort = listeners.health(health.routes());
            List<URI> brokers =
                    config.edge().brokers().isEmpty()
                            ? List.of(identity.broker())
                            : config.edge().brokers();
            this.broker = new BrokerClient(brokers, ClientTls.of(identity), waiting);
            this.trust = EdgeTrust.fetched(broker, health, waiting);
            var vault = new EdgeVault(identity.key().key(), renewing(broker));
            this.link =
                    new RemoteEdgeLink(
                            new RemoteEdgeLink.Needs(
                                    identity.name(),
                                    broker,
                                    vault,
                                    trust.terms(),
                                    System::nanoTime,
                                    clock,
                                    new EdgeLives(new SecureRandom())));
            health.follows(link);
            Edge edge = edge(identity, vault, clock);
            health.serves(edge);
            ServerCredential credential = EdgeTrust.listener(broker);
            Listener.Bound agents =
                    listeners.agents(
                            loop -> new Dispatcher(Routes.of(List.of()), edge.onLoop(loop)),
                            credential,
                            identity.authority());
            this.ports = new Server.Ports(agents.port(), 0, healthPort);
            this.renewal =
                    new EdgeRenewal(
                            config.data(),
                            identity,
                            broker,
                            vault,
                            next -> agents.show(Listeners.tls(next, identity.authority().pem())));
            awaitLease();
            renewal.start(clock, health);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    /// Starts, and returns once it serves. Where its broker cannot be reached it waits for it, and
    /// says so in its log and its health.
    ///
    /// @throws StartFailure with one line that says what is wrong and what to do
    /// @throws DataDirectoryFailure likewise
    public static EdgeServer start(Config given, InstantSource clock) {
        // All event loops share one port, and a free one is not the same twice.
        Config config =
                given.agents().port() == 0 ? given.withAgentsPort(Server.freePort()) : given;
        EdgeIdentity identity = EdgeIdentity.read(config.data());
        OneProcess lock = OneProcess.lock(config.data());
        CryptoProvider.install();
        return new EdgeServer(config, identity, lock, clock);
    }

    private static EdgeVault.Renewing renewing(BrokerClient broker) {
        return (service, from, to) ->
                broker.post(
                                "/v1/edge/credentials",
                                Json.object()
                                        .put("service", service.value())
                                        .put("from", from)
                                        .put("to", to)
                                        .build())
                        .thenApply(answer -> JsonFields.of(answer).booleanOr("kept", false));
    }

    private Edge edge(EdgeIdentity identity, EdgeVault vault, InstantSource clock) {
        byte[] secret = new byte[NONCE_SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        // Nonces are this edge's own: a proof that was made for one edge is none at another.
        var proofs =
                new Proofs(
                        new Nonces(secret, System::nanoTime),
                        new SeenProofs(SeenProofs.PROOFS_MAX, System::nanoTime),
                        clock);
        return Edge.join(
                link,
                new Edge.Means(vault, stdio.bridge()),
                new Edge.Trust(
                        trust.issuer(),
                        identity.authority().trustDomain(),
                        trust,
                        new KnownPeers(identity.authority()),
                        trust.readsDurableFirst(),
                        Assembly.whereServicesMayStand(config),
                        proofs,
                        _ -> {
                            throw new IllegalStateException(
                                    "the deployment's own key is not at an edge elsewhere");
                        }),
                config,
                new Edge.Clocks(clock, System::nanoTime));
    }

    private void awaitLease() {
        while (!link.fresh()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        LOG.info("joined {}", link.standing().broker());
    }

    @Override
    public Server.Ports ports() {
        return ports;
    }

    @Override
    public Config config() {
        return config;
    }

    /// Takes nothing new, finishes what is under way, and only then says that it has stopped: until
    /// then a revocation waits for it.
    @Override
    public void close() {
        health.stopping();
        renewal.close();
        listeners.drain();
        link.close();
        trust.close();
        release();
    }

    private void release() {
        stdio.close();
        if (broker != null) {
            broker.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
        waiting.shutdownNow();
        lock.close();
    }
}
