package dev.daypass.broker;

import dev.daypass.intent.Dropped;
import dev.daypass.permission.Leaf;
import dev.daypass.wire.Json;
import java.util.List;

/// Leaves that only a human can grant, and why, as they are told and kept.
public final class Waits {
    private static final String WHY = "the words alone do not justify it; a human has to agree";

    private Waits() {}

    public static Json.Arr json(List<Leaf> waiting) {
        return json(waiting, WHY);
    }

    static Json.Arr json(List<Leaf> waiting, String why) {
        return Json.array(
                waiting.stream()
                        .map(leaf -> new Dropped(leaf.permission().operation(), why).toJson())
                        .toList());
    }
}
