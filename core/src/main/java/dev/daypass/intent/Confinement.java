package dev.daypass.intent;

import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Permission;
import dev.daypass.permission.UserCeiling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns what a parser proposes into a grant: intent ∩ ceiling ∩ user ∩ parent, less what the
/// task's words do not justify. It trusts nothing that a parser says but the choice of operations.
public final class Confinement {
    public static final int DROPPED_MAX = 25;

    private static final String LATER =
            "what is asked for behind the first wish waits for a human; say it first, or in a task of its own";

    private static final String NO_USE = "it would only serve what is not granted: ";

    private Confinement() {}

    public static Confined confine(Task task, Intent intent, Bounds bounds) {
        Catalog all = bounds.reach().all();
        var reading = Reading.of(task, all);
        var support = new Support(reading, all);
        var first = First.of(task, bounds);
        Set<OperationId> held = new HashSet<>();
        Map<OperationId, Set<OperationId>> serves = new TreeMap<>();
        Map<OperationId, Leaf> granted = new TreeMap<>();
        Map<OperationId, Leaf> waiting = new TreeMap<>();
        Map<OperationId, Span> spans = new HashMap<>();
        Map<OperationId, String> refused = new HashMap<>();
        for (Proposal proposal : intent.proposals()) {
            OperationId id = proposal.operation().id();
            // A parser names an operation; what the operation is, the catalog says. Where it names
            // one twice, the first
            // counts, granted or not: a second try must not get through what stopped the first.
            Operation operation = all.find(id).orElse(null);
            boolean again =
                    granted.containsKey(id) || waiting.containsKey(id) || refused.containsKey(id);
            if (operation == null || again) {
                continue;
            }
            switch (judge(task, support, proposal.of(operation), bounds)) {
                case Verdict.Keep(var leaf) -> {
                    boolean later = first.leavesOut(all.shape(id), proposal);
                    if (later) {
                        held.add(id);
                    }
                    if (!proposal.serves().isEmpty()) {
                        serves.put(id, proposal.serves());
                    }
                    boolean waits = later || proposal.waits() || support.doubts(operation.traits());
                    (waits ? waiting : granted).put(id, leaf);
                    spans.put(id, proposal.because());
                }
                case Verdict.Drop(var why) -> refused.put(id, why);
            }
        }
        Set<OperationId> kept = new HashSet<>(granted.keySet());
        kept.addAll(waiting.keySet());
        withoutUse(serves, kept)
                .forEach(id ->
                        refused.put(
                                id, NO_USE + Collections.min(serves.getOrDefault(id, Set.of(id)))));
        granted.keySet().retainAll(kept);
        waiting.keySet().retainAll(kept);
        spans.keySet().retainAll(kept);
        held.retainAll(kept);
        List<Operation> left = left(all, kept, bounds);
        return new Confined(
                List.copyOf(granted.values()),
                List.copyOf(waiting.values()),
                spans,
                dropped(left, refused, bounds.reach()),
                Math.max(0, left.size() - DROPPED_MAX),
                reading.notices(),
                intent.confidence(),
                held.isEmpty() ? intent.questions() : asked(intent.questions()));
    }

    /// Takes out what only looks things up for operations that are not kept, and what looks up for
    /// that.
    ///
    /// @param kept is left with what has a use
    /// @return what was taken out
    private static Set<OperationId> withoutUse(
            Map<OperationId, Set<OperationId>> serves, Set<OperationId> kept) {
        var useful = new HashSet<OperationId>(kept);
        useful.removeAll(serves.keySet());
        boolean more = !useful.isEmpty();
        while (more) {
            more = false;
            for (var one : serves.entrySet()) {
                if (!Collections.disjoint(one.getValue(), useful)) {
                    more |= useful.add(one.getKey());
                }
            }
        }
        var out = new TreeSet<OperationId>(kept);
        out.removeAll(useful);
        kept.retainAll(useful);
        return out;
    }

    private static List<String> asked(List<String> questions) {
        var out = new ArrayList<String>(questions);
        out.add(LATER);
        return out;
    }

    private sealed interface Verdict {
        record Keep(Leaf leaf) implements Verdict {}

        record Drop(String why) implements Verdict {}
    }

    private static Verdict judge(Task task, Support support, Proposal proposal, Bounds bounds) {
        Operation operation = proposal.operation();
        if (!bounds.services().isEmpty() && !bounds.services().contains(operation.id().service())) {
            return new Verdict.Drop("its service is not among those asked for");
        }
        Ceiling.Entry ceiling = bounds.reach().admit(operation.id()).orElse(null);
        if (ceiling == null) {
            return new Verdict.Drop("outside this agent's ceiling");
        }
        if (proposal.because().end() > task.text().length()) {
            return new Verdict.Drop("no words of the task justify it");
        }
        Shape shape = bounds.reach().all().shape(operation.id());
        String against = support.against(shape, proposal.because());
        if (!against.isEmpty()) {
            return new Verdict.Drop(against);
        }
        var constraints = new TreeMap<String, Constraint>(proposal.constraints());
        ceiling.constraints()
                .forEach((slot, bound) -> constraints.merge(slot, bound, Constraint::both));
        Permission most = Permission.of(operation, constraints).answering(ceiling.answer());
        Grant own = Grant.of(List.of(most));
        if (own.isEmpty()) {
            return new Verdict.Drop("its arguments are outside this agent's ceiling");
        }
        UserCeiling user = bounds.user();
        Grant handed = user == null ? own : handedOn(own, operation, user);
        if (user != null && handed.isEmpty()) {
            return new Verdict.Drop(
                    "%soutside what user `%s` may do"
                            .formatted(
                                    user.admit(operation).isEmpty() ? "" : "its arguments are ",
                                    user.user().subject()));
        }
        return withinParent(handed, task, proposal, bounds);
    }

    /// Where several of the user's ceilings allow it, the first counts that leaves anything of it.
    private static Grant handedOn(Grant own, Operation operation, UserCeiling user) {
        return user.admit(operation).stream()
                .map(entry -> own.intersect(Grant.of(List.of(entry.most(operation)))))
                .filter(grant -> !grant.isEmpty())
                .findFirst()
                .orElse(Grant.of(List.of()));
    }

    private static Verdict withinParent(Grant own, Task task, Proposal proposal, Bounds bounds) {
        Grant grant = bounds.parent() == null ? own : own.intersect(bounds.parent());
        if (grant.isEmpty()) {
            return new Verdict.Drop("outside the parent account's grant");
        }
        return new Verdict.Keep(
                new Leaf(
                        grant.permissions().getFirst(),
                        proposal.operation().traits(),
                        task.words(proposal.because())));
    }

    /// The operations that could have been granted and were not, the most sensitive first.
    private static List<Operation> left(Catalog all, Set<OperationId> kept, Bounds bounds) {
        var out = new ArrayList<Operation>();
        for (Operation operation : all.mostSensitiveFirst()) {
            OperationId id = operation.id();
            boolean concerned =
                    bounds.services().isEmpty() || bounds.services().contains(id.service());
            if (concerned && !kept.contains(id)) {
                out.add(operation);
            }
        }
        return out;
    }

    /// Those that were proposed and refused come before those that nobody asked for.
    private static List<Dropped> dropped(
            List<Operation> left, Map<OperationId, String> refused, Reach reach) {
        var out = new ArrayList<Dropped>();
        for (Operation operation : left) {
            String why = refused.get(operation.id());
            if (why != null && out.size() < DROPPED_MAX) {
                out.add(new Dropped(operation.id(), why));
            }
        }
        for (Operation operation : left) {
            if (out.size() == DROPPED_MAX) {
                break;
            }
            if (!refused.containsKey(operation.id())) {
                out.add(reach.unasked(operation));
            }
        }
        return out;
    }
}
