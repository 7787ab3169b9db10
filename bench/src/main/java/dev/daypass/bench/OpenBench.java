package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Opening accounts over keep-alive mutual TLS, each answered after its fact is durable; beside it
/// a bare issuer, and the disk alone.
final class OpenBench implements Measurement {
    private static final int MANY = 32;
    private static final byte[] FORM =
            "grant_type=client_credentials&client_id=buybot&scope=offers"
                    .getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> tasks = Tasks.requests();
    private final AtomicInteger next = new AtomicInteger();

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Load.Target server = site.deployment().target();
        Child bare = site.opened(issuer(site));
        var issuer =
                new Load.Target(bare.port("https"), site.deployment().identities(), bare.process());
        int main = site.options().connections();
        double seconds = site.options().seconds();
        Load load = site.load();
        List<Integer> connections = List.of(main, MANY, 1);
        load.warm(site.deployment().server(), server, connections, opens());
        load.warm(bare, issuer, connections, tokens());
        Rounds rounds =
                new Rounds()
                        .add("disk", () -> Machine.flush(site.directory("disk")))
                        .add("1", () -> load.run(server, 1, seconds, opens()))
                        .add("main", () -> load.run(server, main, seconds, opens()))
                        .add("many", () -> load.run(server, MANY, seconds, opens()))
                        .add("bare", () -> load.run(issuer, main, seconds, tokens()))
                        .add("bare-many", () -> load.run(issuer, MANY, seconds, tokens()))
                        .run();
        bare.close();
        result.put("open", figures(rounds, main));
    }

    private static Json.Obj figures(Rounds rounds, int main) {
        Sample open = rounds.median("main");
        double most = Math.max(open.perSecond(), rounds.median("many").perSecond());
        double bare =
                Math.max(rounds.median("bare").perSecond(), rounds.median("bare-many").perSecond());
        return Json.object()
                .put("p50_ms", Figures.of(open.p50()))
                .put("p99_ms", Figures.of(open.p99()))
                .put("per_s", Math.round(most))
                .put(
                        "connections",
                        Json.object()
                                .put("1", rounds.json("1"))
                                .put(Integer.toString(main), rounds.json("main"))
                                .put(Integer.toString(MANY), rounds.json("many"))
                                .build())
                .put(
                        "bare_issuer",
                        Json.object()
                                .put(Integer.toString(main), rounds.json("bare"))
                                .put(Integer.toString(MANY), rounds.json("bare-many"))
                                .build())
                .put("times_bare_issuer", Figures.of(bare / most))
                .put("disk_flush", rounds.json("disk"))
                .build();
    }

    private Load.Traffic opens() {
        return Load.endless(
                201,
                _ ->
                        Requests.post(
                                "/v1/accounts",
                                "application/json",
                                tasks.get(Math.floorMod(next.getAndIncrement(), tasks.size()))));
    }

    private static Load.Traffic tokens() {
        return Load.endless(
                200,
                _ -> Requests.post(BareIssuer.PATH, "application/x-www-form-urlencoded", FORM));
    }

    private static Child issuer(Site site) {
        Path tls = site.tlsFiles();
        return Child.start(
                new Child.Command(
                        site.cores().server(),
                        List.of(),
                        Map.of(),
                        List.of(
                                BareIssuer.class.getName(),
                                site.deployment().data().toString(),
                                tls.toString())));
    }
}
