package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Stretches that take turns, several times over, so that what else happens on the machine hits all
/// of them alike.
final class Rounds {
    static final int COUNT = 3;

    private final Map<String, Supplier<Sample>> stretches = new LinkedHashMap<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    Rounds add(String name, Supplier<Sample> stretch) {
        stretches.put(name, stretch);
        samples.put(name, new ArrayList<>());
        return this;
    }

    Rounds run() {
        for (int round = 0; round < COUNT; round++) {
            stretches.forEach((name, stretch) ->
                    samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(stretch.get()));
        }
        return this;
    }

    Sample median(String name) {
        return Sample.median(samples.getOrDefault(name, List.of()));
    }

    Json.Obj json(String name) {
        return median(name).toJson();
    }
}
