package dev.daypass.bench;

import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Edges of a deployment, each in a process of its own.
final class EdgesElsewhere implements AutoCloseable {
    private final List<Child> edges = new ArrayList<>();

    static EdgesElsewhere start(Site site, int count) {
        var fleet = new EdgesElsewhere();
        try {
            for (int i = 0; i < count; i++) {
                fleet.edges.add(start(site, "edge" + i));
            }
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private static Child start(Site site, String name) {
        Deployment deployment = site.deployment();
        String token =
                Deployment.require(
                                deployment
                                        .operator()
                                        .send(
                                                "POST",
                                                "/v1/edges",
                                                Json.object().put("name", name).build()))
                        .text("enrolment_token")
                        .orElseThrow();
        Path data = site.directory(name);
        URI broker = URI.create("https://localhost:" + deployment.server().port("agents"));
        EdgeEnrolment.enrol(broker, Secret.of(token), data);
        return Child.start(
                new Child.Command(
                        site.cores().both(),
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                        Map.of(
                                "DAYPASS_DATA", data.toString(),
                                "DAYPASS_ROLES", "edge",
                                "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                "DAYPASS_AGENTS_PORT", "0",
                                "DAYPASS_HEALTH_PORT", "0",
                                "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true",
                                "DAYPASS_EDGE_EVENT_LOOPS", "1"),
                        List.of(BenchEdge.class.getName())));
    }

    /// The agents' port of one.
    int port(int edge) {
        return edges.get(edge).port("agents");
    }

    @Override
    public void close() {
        edges.forEach(Child::close);
    }
}
