package dev.daypass.cli;

import dev.daypass.checkpoint.Checkpointer;
import dev.daypass.checkpoint.Cosigners;
import dev.daypass.edge.Edge;
import dev.daypass.feed.LocalFeed;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import dev.daypass.store.Store;
import dev.daypass.wire.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Health and metrics.
final class Health {
    private final Store store;
    private final Checkpointer checkpoints;
    private final Cosigners cosigners;
    private final PrometheusMeterRegistry metrics =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile boolean ready;

    Health(Store store, LocalFeed feed, Checkpointer checkpoints, Cosigners cosigners) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.cosigners = cosigners;
        Gauge.builder("daypass.writer.alive", () -> store.writing() ? 1 : 0)
                .description("1 while facts can be made durable")
                .register(metrics);
        Gauge.builder("daypass.checkpoints.signed", () -> checkpoints.failure().isEmpty() ? 1 : 0)
                .description("1 while checkpoints of the ledger can be signed and kept")
                .register(metrics);
        Gauge.builder("daypass.witnesses.failing", () -> cosigners.failing().size())
                .description("Outside witnesses that did not sign the ledger's newest checkpoint")
                .register(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        feed.subscribeOwn(new FeedMetrics(metrics));
    }

    /// Where other parts count what is in no fact.
    MeterRegistry metrics() {
        return metrics;
    }

    /// What an edge does to protect services.
    void follow(@Nullable Edge edge) {
        if (edge == null) {
            return;
        }
        Gauge.builder("daypass.services.left.alone", edge::resting)
                .description("Services that could not be connected to again and again")
                .register(metrics);
        CutMetrics.of(edge, metrics);
    }

    void ready() {
        ready = true;
    }

    void draining() {
        ready = false;
    }

    Routes routes() {
        return Routes.of(
                List.of(
                        Route.of(HttpMethod.GET, "/health/live", Endpoint.direct(_ -> state(true))),
                        Route.of(
                                HttpMethod.GET,
                                "/health/ready",
                                Endpoint.direct(_ ->
                                        state(
                                                ready
                                                        && store.writing()
                                                        && checkpoints.failure().isEmpty()))),
                        Route.of(
                                HttpMethod.GET,
                                "/metrics",
                                Endpoint.direct(_ ->
                                        Response.text(
                                                200,
                                                "text/plain; version=0.0.4; charset=utf-8",
                                                metrics.scrape())))));
    }

    // A witness that fails is told of, and holds nothing up.
    private Response state(boolean good) {
        List<String> failing = cosigners.failing();
        return Response.json(
                good ? 200 : 503,
                Json.object()
                        .put("up", good)
                        .put("witnesses_failing", failing.isEmpty() ? null : Json.strings(failing))
                        .build());
    }
}
