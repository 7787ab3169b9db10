package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.List;
import java.util.function.IntFunction;

/// Calls through the edge against direct calls to the same upstream.
final class CallBench implements Measurement {
    static final String TASK = "find the cheapest flight from New York to London";
    static final String OFFERS = "/offers?from=NYC&to=LON";
    static final String THROUGH_EDGE = "/" + Deployment.SERVICE + OFFERS;

    private static final int MANY = 32;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Load.Target edge = site.deployment().target();
        var direct =
                new Load.Target(site.upstream().port("http"), List.of(), site.upstream().process());
        List<Deployment.Opened> accounts = site.deployment().accounts(TASK);
        int main = site.options().connections();
        double seconds = site.options().seconds();
        Load load = site.load();
        List<Integer> connections = List.of(main, MANY, 1);
        load.warm(site.upstream(), direct, connections, plain());
        load.warm(site.deployment().server(), edge, connections, calls(accounts));
        Rounds rounds =
                new Rounds()
                        .add("direct-1", () -> load.run(direct, 1, seconds, plain()))
                        .add("direct", () -> load.run(direct, main, seconds, plain()))
                        .add("1", () -> load.run(edge, 1, seconds, calls(accounts)))
                        .add("main", () -> load.run(edge, main, seconds, calls(accounts)))
                        .add("many", () -> load.run(edge, MANY, seconds, calls(accounts)));
        rounds.run();
        result.put("call", figures(rounds, main));
    }

    private static Json.Obj figures(Rounds rounds, int main) {
        double most =
                Math.max(rounds.median("main").perSecond(), rounds.median("many").perSecond());
        Sample with = rounds.median("main");
        Sample without = rounds.median("direct");
        return Json.object()
                .put("added_p50_ms", Figures.of(with.p50() - without.p50()))
                .put("added_p99_ms", Figures.of(with.p99() - without.p99()))
                .put("per_s", Math.round(most))
                .put(
                        "connections",
                        Json.object()
                                .put("1", rounds.json("1"))
                                .put(Integer.toString(main), rounds.json("main"))
                                .put(Integer.toString(MANY), rounds.json("many"))
                                .build())
                .put(
                        "direct",
                        Json.object()
                                .put("1", rounds.json("direct-1"))
                                .put(Integer.toString(main), rounds.json("direct"))
                                .build())
                .build();
    }

    /// Calls that never end, each connection's with its own account's token.
    static Load.Traffic calls(List<Deployment.Opened> accounts) {
        return Load.endless(200, call(accounts));
    }

    static IntFunction<FullHttpRequest> call(List<Deployment.Opened> accounts) {
        return connection ->
                Requests.get(THROUGH_EDGE, accounts.get(connection % accounts.size()).token());
    }

    private static Load.Traffic plain() {
        return Load.endless(200, _ -> Requests.get(OFFERS, ""));
    }
}
