package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns what a parser proposes into a grant: intent ∩ ceiling ∩ parent, less what the task's words
/// do not justify. It trusts nothing that a parser says but the choice of operations.
public final class Confinement {
    public static final int DROPPED_MAX = 25;

    private Confinement() {}

    /// @param all every operation there is, inside the ceiling or not: what is not granted is
    ///   reported from these
    public static Confined confine(Task task, Intent intent, Bounds bounds, Catalog all) {
        Set<String> stems =
                Word.of(task.text()).stream().map(Word::stem).collect(Collectors.toSet());
        Map<OperationId, Leaf> granted = new TreeMap<>();
        Map<OperationId, String> refused = new HashMap<>();
        for (Proposal proposal : intent.proposals()) {
            OperationId id = proposal.operation().id();
            // A parser names an operation; what the operation is, the catalog says. Where it names
            // one twice, the first
            // counts, granted or not: a second try must not get through what stopped the first.
            Operation operation = all.find(id).orElse(null);
            boolean again = granted.containsKey(id) || refused.containsKey(id);
            if (operation == null || again) {
                continue;
            }
            switch (judge(task, stems, proposal.of(operation), bounds)) {
                case Verdict.Keep(var leaf) -> granted.put(id, leaf);
                case Verdict.Drop(var why) -> refused.put(id, why);
            }
        }
        List<Dropped> dropped = dropped(all, granted.keySet(), refused, bounds);
        int shown = Math.min(dropped.size(), DROPPED_MAX);
        return new Confined(
                List.copyOf(granted.values()), dropped.subList(0, shown), dropped.size() - shown);
    }

    private sealed interface Verdict {
        record Keep(Leaf leaf) implements Verdict {}

        record Drop(String why) implements Verdict {}
    }

    private static Verdict judge(Task task, Set<String> stems, Proposal proposal, Bounds bounds) {
        Operation operation = proposal.operation();
        if (!bounds.services().isEmpty() && !bounds.services().contains(operation.id().service())) {
            return new Verdict.Drop("its service is not among those asked for");
        }
        Map<String, Constraint> ceiling = bounds.ceiling().admit(operation).orElse(null);
        if (ceiling == null) {
            return new Verdict.Drop("outside this agent's ceiling");
        }
        if (proposal.because().end() > task.text().length()) {
            return new Verdict.Drop("no words of the task justify it");
        }
        List<String> unjustified =
                operation.traits().stream()
                        .filter(trait -> !Lexicon.supports(trait, operation.traits(), stems))
                        .map(Trait::word)
                        .toList();
        if (!unjustified.isEmpty()) {
            return new Verdict.Drop("the task has no word for: " + String.join(", ", unjustified));
        }
        var constraints = new TreeMap<String, Constraint>(proposal.constraints());
        ceiling.forEach((slot, bound) -> constraints.merge(slot, bound, Constraint::both));
        return withinParent(Permission.of(operation, constraints), task, proposal, bounds);
    }

    private static Verdict withinParent(
            Permission permission, Task task, Proposal proposal, Bounds bounds) {
        Grant own = Grant.of(List.of(permission));
        Grant grant = bounds.parent() == null ? own : own.intersect(bounds.parent());
        if (grant.isEmpty()) {
            return new Verdict.Drop(
                    own.isEmpty()
                            ? "its arguments are outside this agent's ceiling"
                            : "outside the parent account's grant");
        }
        return new Verdict.Keep(
                new Leaf(
                        grant.permissions().getFirst(),
                        proposal.operation().traits(),
                        task.words(proposal.because())));
    }

    private static List<Dropped> dropped(
            Catalog all,
            Set<OperationId> granted,
            Map<OperationId, String> refused,
            Bounds bounds) {
        var out = new ArrayList<Dropped>();
        var sensitivity = new HashMap<OperationId, Integer>();
        for (Operation operation : all.operations()) {
            OperationId id = operation.id();
            boolean concerned =
                    bounds.services().isEmpty() || bounds.services().contains(id.service());
            if (concerned && !granted.contains(id)) {
                String why = refused.get(id);
                sensitivity.put(id, (why == null ? 0 : 100) + operation.traits().size());
                out.add(new Dropped(id, why == null ? unasked(operation, bounds) : why));
            }
        }
        out.sort(
                Comparator.comparingInt((Dropped d) -> -sensitivity.getOrDefault(d.operation(), 0))
                        .thenComparing(Dropped::operation));
        return out;
    }

    private static String unasked(Operation operation, Bounds bounds) {
        var telling = new HashSet<>(operation.traits());
        telling.remove(Trait.READ);
        String traits =
                telling.stream().sorted().map(Trait::word).collect(Collectors.joining(", "));
        String outside =
                bounds.ceiling().admit(operation).isEmpty() ? "; outside this agent's ceiling" : "";
        return "not asked for" + (traits.isEmpty() ? "" : "; " + traits) + outside;
    }
}
