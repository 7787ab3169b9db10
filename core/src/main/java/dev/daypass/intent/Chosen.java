package dev.daypass.intent;

import dev.daypass.permission.OperationId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The operations that were chosen for a task so far, each with its best match.
final class Chosen {
    private final Map<OperationId, Match> matches = new LinkedHashMap<>();

    void add(Match match) {
        matches.merge(
                match.shape().operation().id(), match, (a, b) -> a.score() >= b.score() ? a : b);
    }

    Collection<Match> all() {
        return matches.values();
    }

    /// As they are now: what is chosen meanwhile is not among them.
    List<Match> now() {
        return List.copyOf(matches.values());
    }

    boolean isEmpty() {
        return matches.isEmpty();
    }

    List<Match> bestFirst(int max) {
        return matches.values().stream().sorted(Match.BEST_FIRST).limit(max).toList();
    }

    static Match best(Collection<Match> matches) {
        return matches.stream().min(Match.BEST_FIRST).orElseThrow();
    }
}
