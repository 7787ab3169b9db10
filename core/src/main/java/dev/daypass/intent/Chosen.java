package dev.daypass.intent;

import dev.daypass.permission.OperationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The operations that were chosen for a task so far, each with its best match.
final class Chosen {
    private final Map<OperationId, Match> matches = new LinkedHashMap<>();
    private final Map<OperationId, Set<OperationId>> serves = new HashMap<>();

    /// For its own sake.
    void add(Match match) {
        serves.remove(put(match));
    }

    /// To look up what another operation's argument needs.
    void lookup(Match match, Match wanted) {
        boolean known = matches.containsKey(match.shape().operation().id());
        OperationId id = put(match);
        if (!known) {
            serves.put(id, new HashSet<>());
        }
        serves(match, wanted);
    }

    /// It looks that up too.
    void serves(Match match, Match wanted) {
        Set<OperationId> others = serves.get(match.shape().operation().id());
        if (others != null) {
            others.add(wanted.shape().operation().id());
        }
    }

    /// The operations that it is chosen for alone; empty where it is chosen for its own sake.
    Set<OperationId> serves(Match match) {
        return serves.getOrDefault(match.shape().operation().id(), Set.of());
    }

    private OperationId put(Match match) {
        OperationId id = match.shape().operation().id();
        matches.merge(id, match, (a, b) -> a.score() >= b.score() ? a : b);
        return id;
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
