package dev.daypass.cli;

import dev.daypass.edge.Edge;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import dev.daypass.remote.RemoteEdgeLink;
import dev.daypass.remote.RemoteEdgeLink.Standing;
import dev.daypass.wire.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Health and metrics of an edge in a process of its own: whether it serves, and if not, why.
final class EdgeHealth {
    private final String name;
    private final PrometheusMeterRegistry metrics =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile @Nullable RemoteEdgeLink link;
    private volatile String waiting = "it has not reached its broker yet";
    private volatile Instant certificateEnds;
    private volatile boolean stopping;

    /// @param name the edge's
    /// @param certificateEnds when its certificate does
    EdgeHealth(String name, Instant certificateEnds) {
        this.name = name;
        this.certificateEnds = certificateEnds;
        new JvmMemoryMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        gauge("serving", "1 while this edge may serve", now -> now.serving() ? 1 : 0);
        gauge(
                "lease.left.seconds",
                "How long this edge serves on if it hears nothing",
                now -> now.leaseLeftMillis() / 1e3);
        gauge("facts.waiting", "Facts that wait for the broker", Standing::waiting);
    }

    private void gauge(String of, String description, ToDoubleFunction<Standing> value) {
        Gauge.builder(
                        "daypass.edge." + of,
                        () -> {
                            RemoteEdgeLink joined = link;
                            return joined == null ? 0 : value.applyAsDouble(joined.standing());
                        })
                .description(description)
                .register(metrics);
    }

    void waits(String why) {
        waiting = why;
    }

    void follows(RemoteEdgeLink joined) {
        link = joined;
    }

    /// Its calls are counted.
    void serves(Edge edge) {
        CutMetrics.of(edge, metrics);
    }

    void certificateEnds(Instant when) {
        certificateEnds = when;
    }

    void stopping() {
        stopping = true;
    }

    Routes routes() {
        return Routes.of(
                List.of(
                        Route.of(
                                HttpMethod.GET,
                                "/health/live",
                                Endpoint.direct(_ ->
                                        Response.json(200, Json.object().put("up", true).build()))),
                        Route.of(HttpMethod.GET, "/health/ready", Endpoint.direct(_ -> ready())),
                        Route.of(
                                HttpMethod.GET,
                                "/metrics",
                                Endpoint.direct(_ ->
                                        Response.text(
                                                200,
                                                "text/plain; version=0.0.4; charset=utf-8",
                                                metrics.scrape())))));
    }

    private Response ready() {
        RemoteEdgeLink joined = link;
        Standing now = joined == null ? null : joined.standing();
        boolean serves = now != null && now.serving() && !stopping;
        var edge =
                Json.object()
                        .put("name", name)
                        .put("state", stopping ? "stopping" : state(now))
                        .put("certificate_ends", certificateEnds.toString());
        if (now == null) {
            edge.put("why", waiting);
        } else {
            edge.put("lease_left_ms", now.leaseLeftMillis())
                    .put("applied", now.applied())
                    .put("facts_waiting", now.waiting())
                    .put("broker", now.broker().toString())
                    .put("why", now.trouble().isEmpty() ? null : now.trouble());
        }
        return Response.json(
                serves ? 200 : 503,
                Json.object().put("up", serves).put("edge", edge.build()).build());
    }

    /// In one word for a machine, or two for a human.
    private static String state(@Nullable Standing now) {
        if (now == null) {
            return "waiting";
        }
        if (now.serving()) {
            return "joined";
        }
        return now.member() ? "cut off" : "joining";
    }
}
