package dev.daypass.bench;

import dev.daypass.intent.Bounds;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Confinement;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Reach;
import dev.daypass.intent.Task;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/// Understanding and confining the tasks of the suites with the parser that needs no model, on one
/// thread of this process; beside it a plain scan of the same texts. Choosing candidates has no
/// entry of its own: understanding alone, which contains it, is the most that it can take.
final class ParseBench implements Measurement {
    private static final int FEW = 50;
    private static final int MANY = 2_000;
    private static final Ceiling EVERYTHING =
            new Ceiling(
                    List.of(
                            new Ceiling.Entry(
                                    "*", List.of("*"), EnumSet.allOf(Trait.class), Map.of())),
                    List.of(),
                    Ceiling.TTL_MAX,
                    Ceiling.CALLS_MAX);

    private final IntentParser parser = new EmbeddedParser();

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Offers offers = Offers.in(suites(), site.options().data());
        Map<String, Passes> all = passes(offers);
        Passes.warm(List.copyOf(all.values()));
        double seconds = site.options().seconds();
        var rounds = new Rounds();
        all.forEach((name, passes) -> rounds.add(name, () -> passes.run(seconds)));
        rounds.run();
        JsonObjectBuilder figures =
                Json.object()
                        .put(
                                "tasks",
                                offers.suites().stream().mapToInt(s -> s.prompts().size()).sum())
                        .put("documents_operations", offers.documents().size());
        all.keySet().forEach(name -> figures.put(name, rounds.json(name)));
        result.put("parse", figures.build());
    }

    /// What is measured, by the name of its figures.
    private Map<String, Passes> passes(Offers offers) {
        List<Operation> many = offers.many(MANY);
        Reach reach = reach(many);
        var overlap = new Overlap(many);
        var few = new ArrayList<IntSupplier>();
        var fewScanned = new ArrayList<IntSupplier>();
        var whole = new ArrayList<IntSupplier>();
        var understood = new ArrayList<IntSupplier>();
        var scanned = new ArrayList<IntSupplier>();
        for (int i = 0; i < offers.suites().size(); i++) {
            List<Operation> around = offers.around(i, FEW);
            Reach near = reach(around);
            var nearOverlap = new Overlap(around);
            for (String prompt : offers.suites().get(i).prompts()) {
                few.add(() -> granted(prompt, near));
                fewScanned.add(() -> nearOverlap.best(prompt));
                whole.add(() -> granted(prompt, reach));
                understood.add(() -> proposed(prompt, reach));
                scanned.add(() -> overlap.best(prompt));
            }
        }
        var out = new LinkedHashMap<String, Passes>();
        out.put("operations_50", new Passes(few));
        out.put("operations_2000", new Passes(whole));
        out.put("understand_2000", new Passes(understood));
        out.put("word_overlap_50", new Passes(fewScanned));
        out.put("word_overlap_2000", new Passes(scanned));
        return out;
    }

    private int granted(String prompt, Reach reach) {
        var task = new Task(prompt);
        var bounds = new Bounds(reach, null, Set.of());
        return Confinement.confine(task, parser.understand(task, reach.inside()), bounds)
                .leaves()
                .size();
    }

    private int proposed(String prompt, Reach reach) {
        return parser.understand(new Task(prompt), reach.inside()).proposals().size();
    }

    private static Reach reach(List<Operation> operations) {
        return Reach.of(EVERYTHING, Catalog.of(operations));
    }

    private static Path suites() {
        String home = System.getenv("DAYPASS_HOME");
        return Path.of(home == null ? "" : home, "spec", "intent");
    }
}
