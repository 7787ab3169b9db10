package dev.daypass.broker;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Granted;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an account would have that it has not.
///
/// @param added the new leaves; where an operation is had within narrower bounds, the leaf that
///   covers both
/// @param wider all that it would have
record Difference(List<Leaf> added, Granted wider) {
    Difference {
        added = List.copyOf(added);
    }

    /// @param had what it has; all of it stays
    /// @param found what the words justify now
    static Difference of(Granted had, List<Leaf> found) {
        var all = new TreeMap<OperationId, Leaf>();
        had.leaves().forEach(leaf -> all.put(leaf.permission().operation(), leaf));
        var added = new ArrayList<Leaf>();
        for (Leaf leaf : found) {
            OperationId id = leaf.permission().operation();
            Leaf before = all.get(id);
            Leaf now = before == null ? leaf : both(before, leaf);
            if (!now.equals(before)) {
                added.add(now);
                all.put(id, now);
            }
        }
        return new Difference(added, Granted.of(List.copyOf(all.values())));
    }

    /// What covers both; `before` itself where that covers the other, or where they are not the
    /// same operation any more.
    private static Leaf both(Leaf before, Leaf found) {
        Permission had = before.permission();
        Permission now = found.permission();
        boolean same = had.method() == now.method() && had.path().equals(now.path());
        if (!same || now.within(had)) {
            return before;
        }
        var repeats = new TreeSet<>(had.repeats());
        repeats.addAll(now.repeats());
        return new Leaf(
                new Permission(
                        had.operation(),
                        had.method(),
                        had.path(),
                        either(had.constraints(), now.constraints()),
                        List.copyOf(repeats)),
                found.traits(),
                found.because());
    }

    /// A slot is bound where both bind it, to the values of both.
    private static Map<String, Constraint> either(
            Map<String, Constraint> a, Map<String, Constraint> b) {
        var out = new TreeMap<String, Constraint>();
        a.forEach((slot, bound) -> {
            Constraint other = b.get(slot);
            if (other != null) {
                out.put(slot, either(bound, other));
            }
        });
        return out;
    }

    // Where nothing covers both, what was had stays as it is.
    private static Constraint either(Constraint had, Constraint found) {
        if (had.within(found)) {
            return found;
        }
        if (had instanceof Constraint.OneOf(var mine)
                && found instanceof Constraint.OneOf(var theirs)) {
            var all = new ArrayList<>(mine);
            all.addAll(theirs);
            return new Constraint.OneOf(all);
        }
        return had;
    }

    /// The new leaves that do more than read.
    List<Leaf> sensitive() {
        return added.stream().filter(leaf -> !leaf.traits().equals(Set.of(Trait.READ))).toList();
    }
}
