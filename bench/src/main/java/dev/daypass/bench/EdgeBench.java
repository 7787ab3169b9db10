package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The edge with everything on beside a direct call, nginx that checks nothing and HAProxy that
/// verifies each call's token: the same upstream, the same token, the same clients, taking turns.
final class EdgeBench implements Measurement {
    static final List<Integer> KEPT = List.of(1, 8, 32, 64);
    static final List<Integer> NEW = List.of(1, 8, 64);
    static final List<Integer> RESUMED = List.of(1, 8);

    static final String DIRECT = "direct";
    static final String EDGE = "daypass, mTLS";
    static final String PROVED = "daypass, a DPoP proof a call";
    static final String NGINX = "nginx, no check, mTLS";
    static final String HAPROXY = "HAProxy, jwt_verify, mTLS";

    private static final double MEBI = 1 << 20;

    /// One way of making the call.
    private record Way(
            String name,
            Load.Target target,
            List<SslContext> resuming,
            Supplier<Load.Traffic> calls) {
        Way(String name, Load.Target target, Load.Traffic traffic) {
            this(name, target, List.of(), () -> traffic);
        }

        Load.Traffic traffic() {
            return calls.get();
        }

        /// The same over sessions of earlier connections.
        Load.Target resumed() {
            return new Load.Target(target.port(), resuming, target.process(), true);
        }

        String stretch(String mode, int connections) {
            return name + "/" + mode + "/" + connections;
        }
    }

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Deployment here = site.deployment();
        List<Deployment.Opened> accounts = here.accounts(CallBench.TASK);
        Load.Traffic direct = Load.endless(200, _ -> Requests.get(CallBench.OFFERS, ""));
        Load.Traffic calls = CallBench.calls(accounts);
        var ways = new ArrayList<Way>();
        ways.add(
                new Way(
                        DIRECT,
                        new Load.Target(
                                site.upstream().port("http"), List.of(), site.upstream().process()),
                        direct));
        List<Peer> peers = new ArrayList<>();
        Peer.nginx(site).ifPresent(peers::add);
        Peer.haproxy(site).ifPresent(peers::add);
        for (Peer peer : peers) {
            site.opened(peer);
            boolean nginx = peer.name().equals("nginx");
            ProcessHandle process = peer.process().toHandle();
            ways.add(
                    new Way(
                            nginx ? "nginx, no check" : "HAProxy, jwt_verify",
                            new Load.Target(peer.plain(), List.of(), process),
                            calls));
            ways.add(
                    new Way(
                            nginx ? NGINX : HAPROXY,
                            new Load.Target(peer.mutual(), here.identities(), process),
                            here.resuming(),
                            () -> calls));
        }
        ProvedCalls proved = ProvedCalls.to(here);
        ways.add(
                new Way(
                        PROVED,
                        new Load.Target(here.plainPort(), List.of(), here.server().process()),
                        List.of(),
                        proved::fresh));
        ways.add(new Way(EDGE, here.target(), here.resuming(), () -> calls));
        warm(site, ways);
        result.put("edge", figures(ways, run(site, ways)));
    }

    private static void warm(Site site, List<Way> ways) {
        Way direct = ways.getFirst();
        Way proved = ways.get(ways.size() - 2);
        site.load().warm(site.deployment().server(), proved.target(), List.of(1), proved.traffic());
        Way edge = ways.getLast();
        site.load().warm(site.upstream(), direct.target(), KEPT, direct.traffic());
        site.load().warm(site.deployment().server(), edge.target(), KEPT, edge.traffic());
        site.load()
                .warm(site.deployment().server(), edge.target().eachTimeNew(), NEW, edge.traffic());
    }

    private static Rounds run(Site site, List<Way> ways) {
        double seconds = site.options().seconds();
        var rounds = new Rounds();
        for (int connections : KEPT) {
            for (Way way : ways) {
                rounds.add(
                        way.stretch("kept", connections),
                        () -> site.load().run(way.target(), connections, seconds, way.traffic()));
            }
        }
        for (int connections : NEW) {
            for (Way way : ways) {
                Load.Target target = way.target().eachTimeNew();
                rounds.add(
                        way.stretch("new", connections),
                        () -> site.load().run(target, connections, seconds, way.traffic()));
            }
        }
        for (int connections : RESUMED) {
            for (Way way : ways.stream().filter(w -> !w.resuming().isEmpty()).toList()) {
                rounds.add(
                        way.stretch("resumed", connections),
                        () -> site.load().run(way.resumed(), connections, seconds, way.traffic()));
            }
        }
        return rounds.run();
    }

    private static Json.Obj figures(List<Way> ways, Rounds rounds) {
        Map<String, Json> out = new LinkedHashMap<>();
        for (Way way : ways) {
            var figures =
                    Json.object()
                            .put("kept", table(rounds, way, "kept", KEPT))
                            .put("new", table(rounds, way, "new", NEW));
            if (!way.resuming().isEmpty()) {
                figures.put("resumed", table(rounds, way, "resumed", RESUMED));
            }
            out.put(
                    way.name(),
                    figures.put(
                                    "resident_mib",
                                    Figures.of(Machine.resident(way.target().process()) / MEBI))
                            .build());
        }
        var all = Json.object().put("ways", Json.obj(out));
        if (ways.stream().map(Way::name).toList().containsAll(List.of(NGINX, HAPROXY))) {
            compared(rounds, all);
        }
        return all.build();
    }

    private static Json.Obj table(Rounds rounds, Way way, String mode, List<Integer> connections) {
        var out = Json.object();
        for (int count : connections) {
            out.put(Integer.toString(count), rounds.median(way.stretch(mode, count)).toJson());
        }
        return out.build();
    }

    /// What is expected of the edge is said in terms of the others.
    private static void compared(Rounds rounds, JsonObjectBuilder figures) {
        figures.put(
                        "per_core_times_haproxy",
                        Figures.of(
                                core(rounds, EDGE, "kept/32") / core(rounds, HAPROXY, "kept/32")))
                .put(
                        "per_core_times_nginx",
                        Figures.of(core(rounds, EDGE, "kept/32") / core(rounds, NGINX, "kept/32")))
                .put("added_p50_1_times_haproxy", Figures.of(added(rounds, 1)))
                .put("added_p50_32_times_haproxy", Figures.of(added(rounds, 32)))
                .put(
                        "p99_32_times_nginx",
                        Figures.of(
                                rounds.median(EDGE + "/kept/32").p99()
                                        / rounds.median(NGINX + "/kept/32").p99()))
                .put(
                        "new_connections_times_nginx",
                        Figures.of(core(rounds, EDGE, "new/8") / core(rounds, NGINX, "new/8")))
                .put(
                        "resumed_connections_times_nginx",
                        Figures.of(
                                core(rounds, EDGE, "resumed/8")
                                        / core(rounds, NGINX, "resumed/8")));
    }

    /// Calls that one core would serve if it did nothing else, by the processor time that each
    /// took.
    private static double core(Rounds rounds, String way, String stretch) {
        return 1e6 / rounds.median(way + "/" + stretch).cpuMicros();
    }

    private static double added(Rounds rounds, int connections) {
        double direct = rounds.median(DIRECT + "/kept/" + connections).p50();
        return (rounds.median(EDGE + "/kept/" + connections).p50() - direct)
                / (rounds.median(HAPROXY + "/kept/" + connections).p50() - direct);
    }
}
