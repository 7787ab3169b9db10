package dev.daypass.permission;

import dev.daypass.identity.UserId;
import java.util.List;
import java.util.Optional;

/// What a user may hand on: whatever one of the ceilings of their groups allows, within the bounds
/// of that one. What none allows, they do not have; without a ceiling they have nothing.
///
/// @param user whose it is
/// @param ceilings of the user's groups; where several allow an operation, the first that leaves
///   anything of it counts
public record UserCeiling(UserId user, List<Ceiling> ceilings) {
    public UserCeiling {
        ceilings = List.copyOf(ceilings);
    }

    /// The entries under which an operation may be granted, a way each; empty if it may not.
    public List<Ceiling.Entry> admit(Operation operation) {
        return ceilings.stream()
                .map(ceiling -> ceiling.admit(operation))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The ceiling that a leaf lies within, which says how long and how often it may be used.
    public Optional<Ceiling> holding(Leaf leaf) {
        return ceilings.stream().filter(ceiling -> holds(ceiling, leaf)).findFirst();
    }

    private static boolean holds(Ceiling ceiling, Leaf leaf) {
        Permission asked = leaf.permission();
        return ceiling.admit(asked.operation(), leaf.traits())
                .filter(entry ->
                        asked.within(
                                new Permission(
                                        asked.operation(),
                                        asked.method(),
                                        asked.path(),
                                        entry.constraints(),
                                        asked.repeats(),
                                        entry.answer())))
                .isPresent();
    }
}
