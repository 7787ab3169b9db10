package dev.daypass.cli.command;

import dev.daypass.permission.AnswerLimits;
import dev.daypass.permission.Constraint;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/// What an account may do, as a tree, and what was left out of it.
final class GrantText {
    private static final int CHARS_MAX = 200;
    private static final String UNASKED = "not asked for";
    private static final int UNASKED_MAX = 5;

    private GrantText() {}

    /// The grant as a tree: service, resource, operation, its bounds, the words that justify it.
    static List<String> tree(JsonFields account, Ink ink) {
        List<String> waiting = waiting(account);
        var out = new ArrayList<String>();
        new TreeText(out, ink, (leaf, bar) -> below(out, leaf, bar, waiting))
                .add(account.items("grant").stream().map(JsonFields::of).toList());
        return out;
    }

    /// Operations that only a human can grant.
    private static List<String> waiting(JsonFields account) {
        return account.items("waiting").stream().map(JsonFields::of).map(GrantText::name).toList();
    }

    /// The full name of an operation.
    static String name(JsonFields leaf) {
        return leaf.string("service") + "." + leaf.string("operation");
    }

    private static void below(List<String> out, JsonFields leaf, String bar, List<String> waiting) {
        var told = new ArrayList<>(bounds(leaf));
        String because = leaf.stringOrNull("because");
        if (because != null && !because.isEmpty()) {
            told.add("because “" + Visible.clipped(because, CHARS_MAX) + "”");
        }
        if (waiting.contains(name(leaf))) {
            told.add("waits for a human");
        }
        told.forEach(text -> out.addAll(Wrapped.lines(bar, bar + "  ", text)));
    }

    /// What an operation is bound to, a line for each argument.
    static List<String> bounds(JsonFields leaf) {
        var out = new ArrayList<String>();
        if (leaf.take("constraints") instanceof Json.Obj(var bounds)) {
            bounds.forEach(
                    (slot, values) -> out.add(Visible.clipped(bound(slot, values), CHARS_MAX)));
        }
        answer(leaf).forEach(words -> out.add(Visible.clipped(words, CHARS_MAX)));
        return out;
    }

    /// How much of an answer goes out, in words; nothing where all of it does.
    static List<String> answer(JsonFields leaf) {
        Json limits = leaf.take("answer");
        if (limits == null) {
            return List.of();
        }
        try {
            return AnswerLimits.fromJson(limits).words();
        } catch (WireException _) {
            return List.of("answers within " + limits.text());
        }
    }

    /// A bound in words; as it came where a newer server says what is not known here.
    static String bound(String slot, Json bound) {
        try {
            Constraint constraint = Constraint.fromJson(bound);
            return "only %s %s %s"
                    .formatted(slot, bound instanceof Json.Arr ? "=" : "is", constraint.words());
        } catch (WireException _) {
            return "only %s is %s".formatted(slot, bound.text());
        }
    }

    /// What was left out, and why; empty if nothing is told about it.
    static List<String> dropped(JsonFields account) {
        List<JsonFields> all = leftOut(account);
        if (all.isEmpty()) {
            return List.of();
        }
        var table = new Table("LEFT OUT", "WHY");
        all.forEach(d -> table.row(name(d), Visible.clipped(d.string("why"), CHARS_MAX)));
        var out = new ArrayList<>(table.lines());
        out.addAll(more(account, all.size()));
        return out;
    }

    /// Of what was left out, all that was refused and some of what nobody asked for: a person reads
    /// it.
    static List<JsonFields> leftOut(JsonFields account) {
        var out = new ArrayList<JsonFields>();
        int unasked = 0;
        for (Json one : account.items("dropped")) {
            JsonFields dropped = JsonFields.of(one);
            if (!dropped.string("why").startsWith(UNASKED) || unasked++ < UNASKED_MAX) {
                out.add(dropped);
            }
        }
        return out;
    }

    /// How many more were left out than were listed; empty for none.
    static List<String> more(JsonFields account, int listed) {
        Long untold = account.longOrNull("dropped_more");
        long more = account.items("dropped").size() - listed + (untold == null ? 0 : untold);
        return more > 0
                ? List.of("and %d more that were not asked for".formatted(more))
                : List.of();
    }

    /// Who has to approve, and how.
    static List<String> needs(JsonFields account) {
        return account.items("needs").stream()
                .map(JsonFields::of)
                .map(need ->
                        Visible.of(
                                "rule `%s` asks for approval by %s"
                                        .formatted(need.string("rule"), need.string("by"))))
                .toList();
    }
}
