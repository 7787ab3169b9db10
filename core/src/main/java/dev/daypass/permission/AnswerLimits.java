package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// How much of a service's JSON answer an account sees.
///
/// @param drop JSON Pointers to what does not go out; `*` stands for every item or member, `**` for
///   any number of levels
/// @param itemsMax how many items of each array go out, the first ones
public record AnswerLimits(SortedSet<String> drop, int itemsMax) {
    static final int DROPS_MAX = 64;
    static final int ITEMS_MAX = 1_000_000;

    private static final String DROP = "drop";
    private static final String ITEMS = "items_max";

    /// All of it.
    public static final AnswerLimits NONE = new AnswerLimits(List.of(), Integer.MAX_VALUE);

    public AnswerLimits {
        drop = Collections.unmodifiableSortedSet(new TreeSet<>(drop));
        drop.forEach(AnswerPointer::parse);
        if (itemsMax < 1) {
            throw new IllegalArgumentException("`items_max` must be from 1");
        }
    }

    /// @throws IllegalArgumentException if something of it is no pointer
    public AnswerLimits(Collection<String> drop, int itemsMax) {
        this(new TreeSet<>(drop), itemsMax);
    }

    /// Whether an answer goes out as it is.
    public boolean isNone() {
        return drop.isEmpty() && itemsMax == Integer.MAX_VALUE;
    }

    /// Whether nothing goes out that does not under `outer`: false, too, where that is so but
    /// cannot be told from how the two are written.
    public boolean within(AnswerLimits outer) {
        return drop.containsAll(outer.drop) && itemsMax <= outer.itemsMax;
    }

    /// The stricter of both in everything.
    AnswerLimits and(AnswerLimits other) {
        var either = new TreeSet<>(drop);
        either.addAll(other.drop);
        return new AnswerLimits(either, Math.min(itemsMax, other.itemsMax));
    }

    /// What lets out all that one of both does.
    AnswerLimits or(AnswerLimits other) {
        var both = new TreeSet<>(drop);
        both.retainAll(other.drop);
        return new AnswerLimits(both, Math.max(itemsMax, other.itemsMax));
    }

    public AnswerMask mask() {
        return new AnswerMask(drop.stream().map(AnswerPointer::parse).toList(), itemsMax);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put(DROP, drop.isEmpty() ? null : Json.strings(drop))
                .put(ITEMS, itemsMax == Integer.MAX_VALUE ? null : Json.of(itemsMax))
                .build();
    }

    /// @throws WireException saying what is wrong with it
    public static AnswerLimits fromJson(Json json) {
        if (!(json instanceof Json.Obj(var members))
                || members.isEmpty()
                || members.containsValue(new Json.Null())) {
            throw new WireException("`answer` must be an object with `drop`, `items_max` or both");
        }
        JsonFields fields = JsonFields.of(json);
        List<String> drop = fields.strings(DROP);
        Long items = fields.longOrNull(ITEMS);
        fields.end();
        return of(drop, items == null ? Integer.MAX_VALUE : items);
    }

    /// @throws WireException with line and column of what is wrong
    static AnswerLimits parse(Yaml answer) {
        Yaml drop = answer.get(DROP);
        Yaml items = answer.get(ITEMS);
        answer.end();
        if (drop == null && items == null) {
            throw answer.error("needs `drop`, `items_max` or both");
        }
        long most = items == null ? Integer.MAX_VALUE : items.wholeNumber(1, ITEMS_MAX);
        try {
            return of(drop == null ? List.of() : drop.strings(), most);
        } catch (WireException e) {
            throw answer.error("is not right: " + e.getMessage());
        }
    }

    private static AnswerLimits of(List<String> drop, long items) {
        if (items != Integer.MAX_VALUE && (items < 1 || items > ITEMS_MAX)) {
            throw new WireException("`items_max` must be from 1 to %d".formatted(ITEMS_MAX));
        }
        if (drop.size() > DROPS_MAX) {
            throw new WireException("`drop` names more than %d places".formatted(DROPS_MAX));
        }
        try {
            return new AnswerLimits(drop, Math.toIntExact(items));
        } catch (IllegalArgumentException e) {
            throw new WireException("`drop`: " + e.getMessage());
        }
    }

    /// What they do, in words.
    public List<String> words() {
        var out = new ArrayList<String>();
        if (!drop.isEmpty()) {
            out.add("answers without " + String.join(", ", drop));
        }
        if (itemsMax != Integer.MAX_VALUE) {
            out.add("answers with at most %d items in a list".formatted(itemsMax));
        }
        return out;
    }
}
