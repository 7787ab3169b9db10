package dev.daypass.broker;

import dev.daypass.permission.Difference;
import dev.daypass.permission.Granted;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What an account would have that it has not.
///
/// @param difference between what it has and what it would have; nothing is taken away
/// @param added the new leaves; where an operation is had within narrower bounds, the leaf that
///   covers both
/// @param wider all that it would have
record Gain(Difference difference, List<Leaf> added, Granted wider) {
    Gain {
        added = List.copyOf(added);
    }

    /// @param had what it has; all of it stays
    /// @param found what the words justify now
    static Gain of(Granted had, List<Leaf> found) {
        var all = new TreeMap<OperationId, Leaf>();
        had.leaves().forEach(leaf -> all.put(leaf.permission().operation(), leaf));
        found.forEach(leaf -> all.merge(leaf.permission().operation(), leaf, Gain::both));
        Granted wider = Granted.of(List.copyOf(all.values()));
        Difference difference = had.grant().diff(wider.grant());
        var gained = new HashSet<>(difference.added());
        difference.changed().forEach(changed -> gained.add(changed.after()));
        return new Gain(
                difference,
                wider.leaves().stream().filter(l -> gained.contains(l.permission())).toList(),
                wider);
    }

    /// What covers both, for the reason of the newer; `before` itself where that permits no more.
    private static Leaf both(Leaf before, Leaf found) {
        Permission now = before.permission().widened(found.permission());
        return now.equals(before.permission())
                ? before
                : new Leaf(now, found.traits(), found.because());
    }

    /// The new leaves that do more than read.
    List<Leaf> sensitive() {
        return added.stream().filter(leaf -> !leaf.traits().equals(Set.of(Trait.READ))).toList();
    }
}
