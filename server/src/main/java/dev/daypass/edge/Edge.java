package dev.daypass.edge;

import dev.daypass.authority.KnownPeers;
import dev.daypass.config.Config;
import dev.daypass.dpop.Proofs;
import dev.daypass.feed.EdgeLink;
import dev.daypass.http.Dispatcher;
import dev.daypass.stdio.StdioBridge;
import dev.daypass.token.TokenSignatures;
import dev.daypass.vault.Credentials;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The enforcement point: joins the feed and serves calls.
public final class Edge {
    private static final int WAITING_FOR_UPSTREAM_MAX = 2_000;
    private static final long FORGET_MILLIS = 5_000;

    private final EdgeParts parts;
    private final Credentials vault;
    private final UpstreamTokens tokens;
    private final @Nullable StdioBridge stdio;

    private Edge(EdgeParts parts, Means means) {
        this.parts = parts;
        this.vault = means.vault();
        this.stdio = means.stdio();
        this.tokens = new UpstreamTokens(vault, parts.nanoTime());
    }

    /// Who an edge is and whom it listens to.
    ///
    /// @param issuer the issuer whose tokens it accepts
    /// @param trustDomain of the agents' SPIFFE ids
    /// @param signatures judges tokens
    /// @param peers judges client certificates
    /// @param readsDurableFirst whether answers to reads, too, wait until their fact is durable
    /// @param upstreams the addresses at which services may stand
    /// @param proofs judges DPoP proofs; the broker's too
    /// @param ownKey signs requests to services that take Daypass's own signature
    public record Trust(
            String issuer,
            String trustDomain,
            TokenSignatures signatures,
            KnownPeers peers,
            boolean readsDurableFirst,
            Predicate<InetAddress> upstreams,
            Proofs proofs,
            OwnKey ownKey) {}

    /// A key that services know by its name in the set that Daypass publishes.
    @FunctionalInterface
    public interface OwnKey {
        /// @param message what is signed, given the name of the key: it is signed, too
        /// @return ES256, two numbers of 32 bytes (RFC 9421, section 3.3.4)
        byte[] sign(Function<String, byte[]> message);
    }

    /// Joins the feed. From then on the edge knows who may do what.
    public static Edge join(EdgeLink link, Means means, Trust trust, Config config, Clocks clocks) {
        var active = new ActiveCalls();
        var view = new EdgeView(active, clocks.wall());
        view.join(link);
        StdioBridge bridge = means.stdio();
        if (bridge != null) {
            view.onSessionEnd(bridge::end);
        }
        return new Edge(
                new EdgeParts(
                        trust,
                        view,
                        active,
                        link,
                        new RefusedCalls(link, clocks.nanoTime()),
                        new Refusals(trust.issuer(), view::mcp),
                        config.edge(),
                        new Protection(config.limits(), clocks.nanoTime()),
                        clocks),
                means);
    }

    /// What an edge gets into services with.
    ///
    /// @param vault upstream credentials
    /// @param stdio the way to MCP servers that speak over standard input and output; `null` where
    ///   none are configured
    public record Means(Credentials vault, @Nullable StdioBridge stdio) {}

    private int connectMillis() {
        return Math.toIntExact(parts.limits().connectTimeout().toMillis());
    }

    /// How many services are left alone now because they could not be connected to.
    public int resting() {
        return parts.protection().resting();
    }

    /// Has `nanos` know how long it took, from when this edge knew that an account had ended, until
    /// each of its open calls was closed.
    public void onCut(LongConsumer nanos) {
        parts.active().onCut(nanos);
    }

    /// @param wall wall clock
    /// @param nanoTime nanoseconds of a monotonic clock
    public record Clocks(InstantSource wall, LongSupplier nanoTime) {}

    /// What serves calls on one event loop, with connections to services of its own.
    public Dispatcher.Streaming onLoop(Vertx vertx) {
        HttpClient client =
                vertx.httpClientBuilder()
                        .withConnectHandler(AnswerBytes::watch)
                        .with(
                                new HttpClientOptions()
                                        .setKeepAlive(true)
                                        .setDecompressionSupported(false)
                                        .setVerifyHost(true)
                                        .setMaxHeaderSize(parts.limits().headerBytesMax())
                                        .setIdleTimeout(
                                                (int) parts.limits().idleTimeout().toSeconds())
                                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                                        .setConnectTimeout(connectMillis())
                                        .setSslHandshakeTimeout(connectMillis())
                                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                                        .setTcpNoDelay(true))
                        .with(
                                new PoolOptions()
                                        .setHttp1MaxSize(parts.limits().upstreamConnections())
                                        .setMaxWaitQueueSize(WAITING_FOR_UPSTREAM_MAX))
                        .build();
        vertx.setPeriodic(
                FORGET_MILLIS,
                _ -> {
                    parts.view().forget();
                    parts.refused().sweep();
                });
        var line =
                new CallingLine(
                        parts,
                        new Forwarding(parts, client, vertx),
                        new Injector(
                                vault,
                                tokens,
                                new TokenEndpoint(client, parts.destinations(), parts.clock()),
                                new Injector.Signing(parts.trust().ownKey(), parts.clock())),
                        new McpForwarding(parts, client, stdio));
        return line::call;
    }
}
