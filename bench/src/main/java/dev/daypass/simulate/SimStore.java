package dev.daypass.simulate;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.Roll;
import dev.daypass.revocation.Roster;
import dev.daypass.revocation.ToEdge.Numbered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The one store that all brokers share: whatever is done to it is done at one moment, and is
/// durable then.
final class SimStore {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Ended, Long> endings = new HashMap<>();
    private final Roster roster = new Roster(List.of());

    /// An account that was ended.
    ///
    /// @param account which
    /// @param deadlineMillis until when its token would have been good
    record Ended(AccountId account, long deadlineMillis) {}

    /// What happened, in order.
    sealed interface Entry {
        record OfAccount(Ended ended) implements Entry {}

        record Joined(Incarnation life) implements Entry {}

        record Leaving(Incarnation life) implements Entry {}

        record Left(Incarnation life) implements Entry {}
    }

    /// @return the place of the fact; also where the account had ended before
    long end(Ended ended) {
        Long before = endings.get(ended);
        if (before != null) {
            return before;
        }
        entries.add(new Entry.OfAccount(ended));
        endings.put(ended, head());
        return head();
    }

    long head() {
        return entries.size();
    }

    List<Entry> entriesAfter(long sequence) {
        return List.copyOf(entries.subList((int) sequence, entries.size()));
    }

    /// Endings between two places, without the first.
    List<Numbered<Ended>> endings(long after, long upTo) {
        var out = new ArrayList<Numbered<Ended>>();
        for (long i = after; i < upTo; i++) {
            if (entries.get((int) i) instanceof Entry.OfAccount(var ended)) {
                out.add(new Numbered<>(i + 1, ended));
            }
        }
        return out;
    }

    List<Ended> endedFrom(long deadlineMillis) {
        return endings(0, head()).stream()
                .map(Numbered::fact)
                .filter(e -> e.deadlineMillis() >= deadlineMillis)
                .toList();
    }

    /// @return whether it is a member now
    boolean join(Incarnation life) {
        if (!roster.has(life)) {
            roster.joined(life);
            entries.add(new Entry.Joined(life));
        }
        return roster.renews(life);
    }

    void mark(Incarnation life) {
        if (roster.renews(life)) {
            roster.leaving(life);
            entries.add(new Entry.Leaving(life));
        }
    }

    void strikeOff(Incarnation life) {
        if (roster.has(life)) {
            roster.left(life);
            entries.add(new Entry.Left(life));
        }
    }

    List<Roll.Member> members() {
        return roster.members();
    }
}
