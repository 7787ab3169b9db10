package dev.daypass.cli;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.ServerCredential;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.config.Config;
import dev.daypass.config.LimitSettings;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Listener;
import dev.daypass.http.Patience;
import dev.daypass.http.Routes;
import dev.daypass.http.SessionTickets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The three ports of a server.
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);
    private static final long START_SECONDS = 30;
    private static final String LOOPBACK = "127.0.0.1";

    private final Config config;
    private final Vertx vertx;
    private final List<Listener.Bound> bound = new ArrayList<>();

    Listeners(Config config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    /// What a server that is a broker shows whoever connects, under every name it may be called by.
    static ServerCredential own(Config config, CertificateAuthority authority, Instant now) {
        return authority.issueServer(names(config), now, CERTIFICATE_LIFE);
    }

    /// Binds every port that the roles ask for.
    ///
    /// @throws StartFailure naming the key of a port that cannot be had
    Server.Ports bind(
            Assembly assembly, Health health, ServerCredential credential, TrustAnchor clients) {
        int agents = agents(assembly::agentsOnLoop, credential, clients).port();
        int console =
                config.roles().contains(Config.Role.CONSOLE) ? console(assembly, credential) : 0;
        return new Server.Ports(agents, console, health(health.routes()));
    }

    /// Binds the port of agents, and the one without TLS where there is to be one.
    ///
    /// @param clients whose certificates are asked for
    /// @throws StartFailure naming the key of a port that cannot be had
    Listener.Bound agents(Listener.Loop serving, ServerCredential credential, TrustAnchor clients) {
        int loops =
                config.edge().eventLoops() > 0
                        ? config.edge().eventLoops()
                        : Runtime.getRuntime().availableProcessors();
        Listener.Bound agents =
                bound(
                        "agents",
                        config.agents().port(),
                        plain().messages(config.limits().messageBytesMax())
                                .secured(
                                        tls(credential, clients.pem()),
                                        SessionTickets.lasting(config.limits().resumption(), vertx))
                                .bind(
                                        vertx,
                                        config.agents().host(),
                                        config.agents().port(),
                                        loops,
                                        serving));
        if (config.edge().plainPort() != 0) {
            bound(
                    "edge.plain",
                    config.edge().plainPort(),
                    plain().messages(config.limits().messageBytesMax())
                            .bind(vertx, LOOPBACK, config.edge().plainPort(), loops, serving));
        }
        return agents;
    }

    /// Binds the port of health and metrics.
    ///
    /// @throws StartFailure if it cannot be had
    int health(Routes routes) {
        return bound(
                        "health",
                        config.health().port(),
                        plain().bind(
                                        vertx,
                                        config.health().host(),
                                        config.health().port(),
                                        1,
                                        _ -> new Dispatcher(routes)))
                .port();
    }

    private int console(Assembly assembly, ServerCredential credential) {
        Listener listener = config.console().tls() ? plain().secured(tls(credential, "")) : plain();
        return bound(
                        "console",
                        config.console().port(),
                        listener.bind(
                                vertx,
                                config.console().host(),
                                config.console().port(),
                                1,
                                _ -> new Dispatcher(assembly.operators())))
                .port();
    }

    private Listener plain() {
        LimitSettings.Pace pace = config.limits().pace();
        return Listener.plain(
                (int) Math.max(1, config.edge().idleTimeout().toSeconds()),
                config.edge().headerBytesMax(),
                new Patience(
                        pace.handshakeTimeout(),
                        pace.headTimeout(),
                        pace.bodyTimeout(),
                        pace.readerTimeout()));
    }

    static Listener.Tls tls(ServerCredential credential, String anchors) {
        return new Listener.Tls(credential.chainPem(), credential.keyPem(), anchors);
    }

    private Listener.Bound bound(String key, int port, Future<Listener.Bound> binding) {
        try {
            Listener.Bound here =
                    binding.toCompletionStage()
                            .toCompletableFuture()
                            .get(START_SECONDS, TimeUnit.SECONDS);
            bound.add(here);
            return here;
        } catch (ExecutionException e) {
            throw new StartFailure(cannotBind(key, port, e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException _) {
            throw new StartFailure(
                    "listening for `%s` took more than %d s".formatted(key, START_SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting");
        }
    }

    private static String cannotBind(String key, int port, Throwable cause) {
        boolean taken =
                cause instanceof BindException
                        || String.valueOf(cause.getMessage()).contains("in use");
        return taken
                ? "port %d is in use; set `%s.port`, or stop what listens there"
                        .formatted(port, key)
                : "cannot listen for `%s` on port %d: %s".formatted(key, port, cause.getMessage());
    }

    /// Takes no new connections at any port, and waits for the answers to what is under way.
    void drain() {
        Duration time = config.limits().drainTimeout();
        List<Future<?>> draining = new ArrayList<>();
        bound.forEach(listener -> draining.add(listener.drain(time)));
        try {
            Future.join(draining)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(time.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("draining: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
}
