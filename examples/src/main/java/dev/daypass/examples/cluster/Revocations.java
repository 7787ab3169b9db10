package dev.daypass.examples.cluster;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/// How long it takes until an account that was opened at the first broker and is revoked at the
/// last has ended at every edge.
final class Revocations {
    private static final int FIRST = 20;
    private static final int COUNTED = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private Revocations() {}

    static void measure(Deployment deployment, PrintStream out) {
        AgentClient agent = deployment.agentAt(deployment.brokers().getFirst());
        int last = deployment.brokers().size() - 1;
        double[] millis = new double[COUNTED];
        String edges = "";
        for (int i = -FIRST; i < COUNTED; i++) {
            String account = opened(agent);
            long start = System.nanoTime();
            Answer answer =
                    Deployment.must(
                            deployment
                                    .operator(last)
                                    .send("DELETE", "/v1/accounts/" + account, null));
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
                edges = edges(answer);
            }
        }
        Arrays.sort(millis);
        out.printf(
                Locale.ROOT,
                "%n  revoked at another broker than it was opened, over HTTP, until every edge has acknowledged: p50 %.1f ms, p99 %.1f ms (%s)%n",
                millis[COUNTED / 2],
                millis[COUNTED * 99 / 100],
                edges);
    }

    private static String opened(AgentClient agent) {
        Answer opened =
                Deployment.must(
                        agent.open(
                                Json.object()
                                        .put(
                                                "task",
                                                "find the cheapest flight from New York to London")
                                        .put("ttl", "10m")
                                        .build()));
        return opened.text("id").orElse("");
    }

    private static String edges(Answer answer) {
        return answer.json() instanceof Json.Obj(var members)
                ? members.getOrDefault("edges", new Json.Null()).text()
                : "";
    }
}
