package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Many different tasks, so that no cache of texts can answer instead of the parser. Each asks for
/// something that the flight shop sells.
final class Tasks {
    private static final List<String> CITIES =
            List.of(
                    "New York",
                    "London",
                    "Paris",
                    "Berlin",
                    "Tokyo",
                    "San Francisco",
                    "Singapore",
                    "Sydney");
    private static final List<String> PHRASES =
            List.of(
                    "find the cheapest flight from %s to %s on 2026-12-%02d",
                    "search flight offers from %s to %s for the %2$s trip on 2026-12-%3$02d",
                    "compare all offers from %s to %s, leaving 2026-12-%02d in the morning",
                    "which offers are there from %s to %s around 2026-12-%02d",
                    "show me offers from %s to %s before 2026-12-%02d and keep it short");
    private static final int DAYS = 28;

    private Tasks() {}

    /// Some 7,800 requests to open an account, in an order that is the same in every run.
    static List<byte[]> requests() {
        var out = new ArrayList<byte[]>();
        for (String phrase : PHRASES) {
            for (String from : CITIES) {
                for (String to : CITIES) {
                    for (int day = 1; !from.equals(to) && day <= DAYS; day++) {
                        out.add(request(phrase.formatted(from, to, day)));
                    }
                }
            }
        }
        Collections.shuffle(out, new Random(7));
        return out;
    }

    static byte[] request(String task) {
        return Json.object().put("task", task).put("ttl", "10m").build().bytes();
    }
}
