package dev.daypass.examples;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.examples.cluster.Deployment;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The chapter that takes several processes: two servers that share a PostgreSQL, and an edge of
/// its own. They start while the other chapters are told.
final class AcrossServers implements AutoCloseable {
    private static final double MICROS_PER_MILLI = 1e3;
    // Long, so that a machine that stalls does not tell another story.
    private static final String LEASE = "10s";
    private static final String SEARCH = "/flights/offers?from=NYC&to=LON";

    private final CompletableFuture<Deployment> starting;

    AcrossServers() {
        var shape = new Deployment.Shape(1, 1, 1, "", Deployment.Shape.NO_NATS, LEASE);
        this.starting = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("servers").start(() -> start(shape));
    }

    private void start(Deployment.Shape shape) {
        try {
            starting.complete(
                    Deployment.start(shape, new PrintStream(PrintStream.nullOutputStream())));
        } catch (RuntimeException e) {
            starting.completeExceptionally(e);
        }
    }

    void tell(Storyteller story, String task) {
        story.chapter("Several servers, one ledger");
        Deployment servers;
        try {
            servers =
                    story.step(
                            "two servers on one PostgreSQL, and an edge of its own: four processes,"
                                    + " which were starting meanwhile",
                            starting::join);
        } catch (CompletionException e) {
            story.expect("they run here; instead: " + e.getCause(), false);
            return;
        }
        URI opensAt = servers.brokers().getFirst();
        AgentClient opener = servers.agentAt(opensAt);
        Answer opened =
                story.step(
                        "buybot opens an account at %s: “%s”"
                                .formatted(servers.name(opensAt), task),
                        () ->
                                opener.open(
                                        Json.object().put("task", task).put("ttl", "10m").build()));
        story.expect("an active account", opened.status() == 201);
        Secret token = Secret.of(opened.text("access_token").orElse("none"));
        for (URI edge : servers.edges()) {
            Answer offers =
                    story.step(
                            "it searches through %s".formatted(servers.name(edge)),
                            () -> servers.agentAt(edge).call("GET", SEARCH, token));
            story.expect("the offers: " + Trees.cheapest(offers), offers.status() == 200);
        }
        revoke(story, servers, opened.text("id").orElse("none"));
        for (URI edge : servers.edges()) {
            story.refused(
                    "its token, one moment later, at " + servers.name(edge),
                    () -> servers.agentAt(edge).call("GET", SEARCH, token),
                    401,
                    "fresh");
        }
        ledger(story, servers);
    }

    private static void revoke(Storyteller story, Deployment servers, String account) {
        int last = servers.brokers().size() - 1;
        Answer revoked =
                story.step(
                        "an operator revokes it at " + servers.name(servers.brokers().get(last)),
                        () ->
                                servers.operator(last)
                                        .send("DELETE", "/v1/accounts/" + account, null));
        JsonFields edges =
                revoked.good() ? JsonFields.of(revoked.json()).objectOrNull("edges") : null;
        long acknowledged = edges == null ? 0 : edges.longValue("acknowledged");
        story.expect(
                "%d of %d edges say that they know, %.1f ms after it was durable"
                        .formatted(
                                acknowledged,
                                servers.edges().size(),
                                edges == null ? 0 : edges.longValue("micros") / MICROS_PER_MILLI),
                acknowledged == servers.edges().size());
    }

    private static void ledger(Storyteller story, Deployment servers) {
        for (int i = 0; i < servers.brokers().size(); i++) {
            int broker = i;
            String name = servers.name(servers.brokers().get(i));
            Answer verified =
                    story.step(
                            name + " verifies the ledger",
                            () -> servers.operator(broker).send("GET", "/v1/ledger/verify", null));
            story.expect(
                    verified.text("facts").orElse("no") + " facts, whoever wrote them",
                    verified.text("verified").orElse("").equals("true"));
        }
    }

    @Override
    public void close() {
        CompletableFuture<Deployment> _ =
                starting.whenComplete((servers, _) -> {
                    if (servers != null) {
                        servers.close();
                    }
                });
    }
}
