package dev.daypass.simulate;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.Roll;
import dev.daypass.revocation.ToEdge.Numbered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The one store that all brokers share: whatever is done to it is done at one moment, and is
/// durable then.
final class SimStore {
    private final List<Ended> endings = new ArrayList<>();
    private final Map<Incarnation, Boolean> members = new LinkedHashMap<>();

    /// An account that was ended.
    ///
    /// @param account which
    /// @param deadlineMillis until when its token would have been good
    record Ended(AccountId account, long deadlineMillis) {}

    /// @return the place of the fact; also where the account had ended before
    long end(Ended ended) {
        if (!endings.contains(ended)) {
            endings.add(ended);
        }
        return endings.size();
    }

    long head() {
        return endings.size();
    }

    List<Numbered<Ended>> after(long sequence) {
        var out = new ArrayList<Numbered<Ended>>();
        for (long i = sequence; i < endings.size(); i++) {
            out.add(new Numbered<>(i + 1, endings.get((int) i)));
        }
        return out;
    }

    List<Ended> endedFrom(long deadlineMillis) {
        return endings.stream().filter(e -> e.deadlineMillis() >= deadlineMillis).toList();
    }

    /// @return whether it is a member now
    boolean join(Incarnation life) {
        members.replaceAll((known, leaving) ->
                leaving || (known.edge().equals(life.edge()) && !known.equals(life)));
        return !members.computeIfAbsent(life, _ -> false);
    }

    void mark(Incarnation life) {
        members.computeIfPresent(life, (_, _) -> true);
    }

    void strikeOff(Incarnation life) {
        members.remove(life);
    }

    List<Roll.Member> members() {
        return members.entrySet().stream()
                .map(member -> new Roll.Member(member.getKey(), member.getValue()))
                .toList();
    }
}
