package dev.daypass.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What changes where one grant takes the place of another. An operation that is called in another
/// way, by another method or path, is taken away and added.
///
/// @param added permissions for operations that were not granted
/// @param removed permissions for operations that are not granted any more
/// @param changed operations that are granted within other bounds
public record Difference(List<Permission> added, List<Permission> removed, List<Changed> changed) {
    public Difference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /// One operation before and after. A slot can be loosened and tightened at once: it takes a
    /// value that it did not take, and does not take one that it took.
    ///
    /// @param loosened slots that take more: other values, none at all, or several; `answer` where
    ///   more of the answer goes out
    /// @param tightened slots that take less, and `answer`
    public record Changed(
            Permission before,
            Permission after,
            SortedSet<String> loosened,
            SortedSet<String> tightened) {
        public Changed {
            loosened = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(loosened));
            tightened = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(tightened));
        }

        static Changed of(Permission before, Permission after) {
            return new Changed(before, after, beyond(after, before), beyond(before, after));
        }

        /// The slots that take something in `inner` that they do not take in `outer`.
        private static SortedSet<String> beyond(Permission inner, Permission outer) {
            var slots = new TreeSet<>(outer.constraints().keySet());
            slots.addAll(inner.repeats());
            slots.removeIf(slot -> inner.within(outer, slot));
            if (!inner.answer().within(outer.answer())) {
                slots.add("answer");
            }
            return slots;
        }
    }

    static Difference between(Grant before, Grant after) {
        var added = new ArrayList<Permission>();
        var removed = new ArrayList<>(before.permissions());
        var changed = new ArrayList<Changed>();
        for (Permission now : after.permissions()) {
            Permission was =
                    before.permissions().stream().filter(now::sameLeaf).findFirst().orElse(null);
            removed.remove(was);
            if (was == null) {
                added.add(now);
            } else if (!was.equals(now)) {
                changed.add(Changed.of(was, now));
            }
        }
        return new Difference(added, removed, changed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /// Whether nothing is permitted that was not.
    public boolean onlyTakesAway() {
        return added.isEmpty() && changed.stream().allMatch(c -> c.loosened().isEmpty());
    }
}
