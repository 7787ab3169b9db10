package dev.daypass.bench;

import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Edges of a deployment in processes of their own.
final class EdgesElsewhere implements AutoCloseable {
    private final Deployment deployment;
    private final List<Child> processes = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private EdgesElsewhere(Deployment deployment) {
        this.deployment = deployment;
    }

    /// @param processes over which the edges are spread
    static EdgesElsewhere start(Site site, int count, int processes) {
        var fleet = new EdgesElsewhere(site.deployment());
        try {
            for (int i = 0; i < processes; i++) {
                fleet.add(site, i, count / processes);
            }
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void add(Site site, int process, int count) {
        var data = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            data.add(enrolled(site, "of%d-%d-%d".formatted(count, process, i)).toString());
        }
        var main = new ArrayList<>(List.of(BenchEdge.class.getName()));
        main.addAll(data);
        processes.add(
                Child.start(
                        new Child.Command(
                                site.cores().both(),
                                List.of(
                                        "-Xmx%dm".formatted(128 * count),
                                        "-XX:TieredStopAtLevel=1"),
                                Map.of(
                                        "DAYPASS_ROLES", "edge",
                                        "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                        "DAYPASS_AGENTS_PORT", "0",
                                        "DAYPASS_HEALTH_PORT", "0",
                                        "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true",
                                        "DAYPASS_EDGE_EVENT_LOOPS", "1"),
                                main)));
    }

    private Path enrolled(Site site, String name) {
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
        names.add(name);
        Path data = site.directory(name);
        URI broker = URI.create("https://localhost:" + deployment.server().port("agents"));
        EdgeEnrolment.enrol(broker, Secret.of(token), data);
        return data;
    }

    /// The agents' port of the first.
    int port() {
        return processes.getFirst().port("agents");
    }

    /// Processor time of all of them until now, whatever they did.
    double cpuMicros() {
        return processes.stream()
                .map(process -> process.process().info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(spent -> spent.toNanos() / 1e3)
                .sum();
    }

    /// What the first says of itself (Prometheus text format): the value of a line that begins so.
    double metric(String line) {
        URI at =
                URI.create(
                        "http://127.0.0.1:%d/metrics"
                                .formatted(processes.getFirst().port("health")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(said -> said.startsWith(line))
                    .mapToDouble(said -> Double.parseDouble(said.substring(line.length()).strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no metric " + line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(Child::close);
        names.forEach(name ->
                Deployment.require(
                        deployment.operator().send("DELETE", "/v1/edges/" + name, null)));
    }
}
