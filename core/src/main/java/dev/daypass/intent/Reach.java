package dev.daypass.intent;

import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What an agent could ever be granted: a ceiling laid over a catalog once, not for each task.
public final class Reach {
    private final Catalog all;
    private final Catalog inside;
    private final Map<OperationId, Ceiling.Entry> bounds;

    // The same few are shown again and again; each is put into words once.
    private final Map<OperationId, Dropped> unasked = new ConcurrentHashMap<>();

    private Reach(Catalog all, Catalog inside, Map<OperationId, Ceiling.Entry> bounds) {
        this.all = all;
        this.inside = inside;
        this.bounds = bounds;
    }

    /// @param all every operation there is
    public static Reach of(Ceiling ceiling, Catalog all) {
        var bounds = new HashMap<OperationId, Ceiling.Entry>();
        var inside = new ArrayList<Catalog.Entry>();
        for (Catalog.Entry entry : all.entries()) {
            ceiling.admit(entry.operation())
                    .ifPresent(allowed -> {
                        bounds.put(entry.operation().id(), allowed);
                        inside.add(entry);
                    });
        }
        return new Reach(all, all.part(inside), bounds);
    }

    /// Every operation there is: what is not granted is reported from these.
    Catalog all() {
        return all;
    }

    /// The operations inside the ceiling: what a parser may see.
    public Catalog inside() {
        return inside;
    }

    /// The entry of the ceiling under which an operation may be granted; empty if it may not.
    Optional<Ceiling.Entry> admit(OperationId operation) {
        return Optional.ofNullable(bounds.get(operation));
    }

    /// Why an operation that nobody asked for is not granted.
    Dropped unasked(Operation operation) {
        return unasked.computeIfAbsent(operation.id(), id -> new Dropped(id, why(operation)));
    }

    private String why(Operation operation) {
        var telling = new HashSet<>(operation.traits());
        telling.remove(Trait.READ);
        String traits =
                telling.stream().sorted().map(Trait::word).collect(Collectors.joining(", "));
        String outside = bounds.containsKey(operation.id()) ? "" : "; outside this agent's ceiling";
        return "not asked for" + (traits.isEmpty() ? "" : "; " + traits) + outside;
    }
}
