package dev.daypass.examples.cluster;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.cli.Unreachable;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What one agent does again and again: opens an account at some broker, calls through some edge,
/// ends it at some broker, and then tries every edge once more. For one thread.
final class Visit {
    private static final String TASK = "find the cheapest flight from New York to London";
    private static final String CALL = "/flights/offers?from=NYC&to=LON";
    private static final int AWAY = 503;
    private static final int GONE = 401;

    private final Map<URI, AgentClient> clients = new HashMap<>();
    private final Deployment deployment;
    private final Random random;

    Visit(Deployment deployment, Random random) {
        this.deployment = deployment;
        this.random = random;
    }

    /// What came of one.
    ///
    /// @param account that was opened; empty where none was
    /// @param called whether a call went through
    /// @param ended whether its end was answered
    /// @param accepted edges that took its token after that: there must be none
    record Came(String account, boolean called, boolean ended, List<URI> accepted) {
        static final Came TO_NOTHING = new Came("", false, false, List.of());

        boolean whole() {
            return called && ended && accepted.isEmpty();
        }
    }

    Came once() {
        return through(
                any(deployment.brokers()), any(deployment.edges()), any(deployment.brokers()));
    }

    private URI any(List<URI> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// @param opens the broker that opens
    /// @param serves the edge that serves
    /// @param ends the broker that ends
    Came through(URI opens, URI serves, URI ends) {
        Answer opened;
        try {
            opened = at(opens).open(Json.object().put("task", TASK).put("ttl", "10m").build());
        } catch (Unreachable _) {
            return Came.TO_NOTHING;
        }
        if (opened.status() != 201) {
            return Came.TO_NOTHING;
        }
        String account = opened.text("id").orElse("");
        Secret token = Secret.of(opened.text("access_token").orElse("none"));
        boolean called = status(serves, token) == 200;
        boolean ended = ended(ends, account);
        return new Came(account, called, ended, ended ? accepting(token) : List.of());
    }

    private boolean ended(URI at, String account) {
        try {
            return at(at).send("POST", "/v1/accounts/" + account + "/complete", null).good();
        } catch (Unreachable _) {
            return false;
        }
    }

    private List<URI> accepting(Secret token) {
        return deployment.edges().stream()
                .filter(edge -> {
                    int status = status(edge, token);
                    return status != GONE && status != AWAY && status != 0;
                })
                .toList();
    }

    /// 0 where nobody answers.
    private int status(URI edge, Secret token) {
        try {
            return at(edge).call("GET", CALL, token).status();
        } catch (Unreachable _) {
            return 0;
        }
    }

    private AgentClient at(URI where) {
        return clients.computeIfAbsent(where, deployment::agentAt);
    }
}
