package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A bound on one argument.
public sealed interface Constraint {
    boolean permits(String value);

    Json toJson();

    /// What is permitted, in words.
    String words();

    /// Permits nothing.
    static Constraint nothing() {
        return new OneOf(List.of());
    }

    /// Whether the argument may be left out.
    default boolean mayBeMissing() {
        return this instanceof IfGiven;
    }

    /// Whether everything that this permits is permitted by `outer`: false, too, where that is so
    /// but cannot be told from how the two are written.
    default boolean within(Constraint outer) {
        return switch (this) {
            case OneOf(var values) -> values.stream().allMatch(outer::permits);
            case IfGiven(var mine) -> outer instanceof IfGiven(var theirs) && mine.within(theirs);
            case Single mine -> implies(List.of(mine), outer);
            case All(var mine) -> implies(mine, outer);
        };
    }

    // A number and a text are written in more ways than any list holds: `5`, `5.0`, `5.00`.
    private static boolean implies(List<Single> mine, Constraint outer) {
        return switch (outer) {
            case OneOf _ -> false;
            case IfGiven(var theirs) -> implies(mine, theirs);
            case Single bound -> mine.stream().anyMatch(one -> one.implies(bound));
            case All(var bounds) ->
                    bounds.stream()
                            .allMatch(bound -> mine.stream().anyMatch(one -> one.implies(bound)));
        };
    }

    /// The argument is one of these. An empty list permits nothing.
    ///
    /// @param values sorted and without repetition, so that equal constraints are written alike
    record OneOf(List<String> values) implements Constraint {
        public OneOf {
            values = values.stream().distinct().sorted().toList();
        }

        @Override
        public boolean permits(String value) {
            return values.contains(value);
        }

        @Override
        public Json toJson() {
            return Json.strings(values);
        }

        @Override
        public String words() {
            return values.isEmpty()
                    ? "nothing"
                    : values.stream()
                            .map(value -> value.isBlank() ? "`%s`".formatted(value) : value)
                            .collect(Collectors.joining(" or "));
        }
    }

    /// One kind of bound that is not a list.
    sealed interface Single extends Constraint permits Range, Prefix, MaxLength, Matches {
        /// Two of one kind become one where they are in one constraint.
        String kind();

        /// Whether whatever this permits is permitted by `other`.
        boolean implies(Single other);

        /// What this and another of its kind permit; `null` for nothing.
        @Nullable Single and(Single same);

        /// The members of its JSON.
        TreeMap<String, Json> members();

        @Override
        default Json toJson() {
            return Json.obj(members());
        }
    }

    /// Several bounds at once.
    ///
    /// @param parts at least two, one of a kind, in the order of their kinds
    record All(List<Single> parts) implements Constraint {
        public All {
            parts = List.copyOf(parts);
        }

        /// What all of them permit, in normal form.
        static Constraint of(Iterable<? extends Single> parts) {
            var kept = new TreeMap<String, Single>();
            for (Single part : parts) {
                Single before = kept.get(part.kind());
                Single now = before == null ? part : before.and(part);
                if (now == null) {
                    return nothing();
                }
                kept.put(part.kind(), now);
            }
            boolean tooLong =
                    kept.get(MaxLength.KIND) instanceof MaxLength(var most)
                            && kept.get(Prefix.KIND) instanceof Prefix(var start)
                            && MaxLength.of(start) > most;
            if (tooLong) {
                return nothing();
            }
            return kept.size() == 1
                    ? kept.firstEntry().getValue()
                    : new All(List.copyOf(kept.values()));
        }

        @Override
        public boolean permits(String value) {
            return parts.stream().allMatch(part -> part.permits(value));
        }

        @Override
        public Json toJson() {
            return ConstraintJson.of(parts);
        }

        @Override
        public String words() {
            return String.join(", and ", parts.stream().map(Constraint::words).toList());
        }
    }

    /// The argument may be left out; where it is given, this holds. `IfGiven(nothing())` says that
    /// it must be left out.
    ///
    /// @param then itself not optional
    record IfGiven(Constraint then) implements Constraint {
        public IfGiven {
            if (then instanceof IfGiven) {
                throw new IllegalArgumentException("`if_given` inside `if_given`");
            }
        }

        @Override
        public boolean permits(String value) {
            return then.permits(value);
        }

        @Override
        public Json toJson() {
            return Json.object().put(ConstraintJson.IF_GIVEN, then.toJson()).build();
        }

        @Override
        public String words() {
            return then.words() + ", if given";
        }
    }

    /// What both permit.
    static Constraint both(Constraint a, Constraint b) {
        Constraint mine = given(a);
        Constraint theirs = given(b);
        Constraint both =
                mine instanceof OneOf(var values)
                        ? only(values, theirs)
                        : theirs instanceof OneOf(var values)
                                ? only(values, mine)
                                : All.of(Stream.concat(parts(mine), parts(theirs)).toList());
        return a.mayBeMissing() && b.mayBeMissing() ? new IfGiven(both) : both;
    }

    private static Constraint given(Constraint constraint) {
        return constraint instanceof IfGiven(var then) ? then : constraint;
    }

    private static Constraint only(List<String> values, Constraint bound) {
        return new OneOf(values.stream().filter(bound::permits).toList());
    }

    private static Stream<Single> parts(Constraint constraint) {
        return switch (constraint) {
            case Single one -> Stream.of(one);
            case All(var parts) -> parts.stream();
            case OneOf _, IfGiven _ -> throw new IllegalArgumentException("has no parts");
        };
    }

    /// What permits what both permit; this, where no constraint does.
    default Constraint widened(Constraint found) {
        if (this instanceof OneOf(var mine) && found instanceof OneOf(var theirs)) {
            return new OneOf(Stream.concat(mine.stream(), theirs.stream()).toList());
        }
        return within(found) ? found : this;
    }

    /// The constraint that an argument is from 0 to this.
    ///
    /// @param max a plain decimal from 0 up
    /// @throws WireException if it is none
    static Range atMost(String max) {
        BigDecimal value = Decimals.plain(max);
        if (value == null) {
            throw new WireException("`max` is not a plain decimal from 0 up, such as 320.5");
        }
        return Range.upTo(value);
    }

    /// @throws WireException saying what is wrong with it
    static Constraint fromJson(Json json) {
        return ConstraintJson.read(json);
    }
}
