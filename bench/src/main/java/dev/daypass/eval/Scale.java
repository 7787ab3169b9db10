package dev.daypass.eval;

import dev.daypass.identity.ServiceId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long understanding and confining take as catalogs grow.
final class Scale {
    private static final List<Integer> SIZES = List.of(50, 2_000);
    private static final int WARM_ROUNDS = 40;
    private static final int ROUNDS = 20;

    private Scale() {}

    static String measure(List<Suite> suites) {
        var out = new StringBuilder("\n");
        for (int size : SIZES) {
            List<Suite.Ask> asks = asks(suites, catalog(suites, size));
            var measures = new Measures(new EmbeddedParser());
            for (int i = 0; i < WARM_ROUNDS; i++) {
                asks.forEach(measures::outcome);
            }
            var timed = new ArrayList<Measures.Outcome>();
            for (int i = 0; i < ROUNDS; i++) {
                asks.forEach(ask -> timed.add(measures.outcome(ask)));
            }
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%,d operations: p50 %.3f ms, p99 %.3f ms, %,d tasks%n",
                            size,
                            Measures.millisAt(timed, 0.5),
                            Measures.millisAt(timed, 0.99),
                            timed.size()));
        }
        return out.toString();
    }

    private static List<Suite.Ask> asks(List<Suite> suites, Catalog catalog) {
        return suites.stream()
                .flatMap(s -> s.tasks().stream())
                .map(a -> new Suite.Ask(a.id(), a.prompt(), catalog, List.of()))
                .toList();
    }

    /// Operations of all suites, under one service after the other until there are enough.
    private static Catalog catalog(List<Suite> suites, int size) {
        List<Operation> all =
                suites.stream().flatMap(s -> s.catalog().operations().stream()).toList();
        var out = new ArrayList<Operation>();
        for (int i = 0; out.size() < size; i++) {
            out.add(
                    under(
                            "s" + i / Math.max(1, all.size()) + "-" + i % all.size(),
                            all.get(i % all.size())));
        }
        return Catalog.of(out);
    }

    private static Operation under(String service, Operation operation) {
        return new Operation(
                new OperationId(new ServiceId(service), operation.id().name()),
                operation.method(),
                operation.path(),
                operation.traits(),
                operation.parameters(),
                operation.summary(),
                operation.tags());
    }
}
