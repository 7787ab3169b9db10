package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;

/// A try to widen an account: what was asked, from where, what is new, and what came of it.
final class WideningText {
    private static final int CHARS_MAX = 400;

    private WideningText() {}

    static List<String> of(JsonFields widening) {
        var out = new ArrayList<String>();
        String state = widening.string("state");
        String by = widening.stringOrNull("by");
        out.add(
                Visible.of(
                        "widening %d: %s%s"
                                .formatted(
                                        widening.longValue("number"),
                                        state.replace('_', ' '),
                                        by == null ? "" : " by " + by)));
        put(out, "reason", widening.stringOrNull("reason"));
        put(out, "task", widening.stringOrNull("task"));
        JsonFields source = widening.objectOrNull("source");
        if (source != null) {
            boolean trusted = source.booleanOr("trusted", false);
            put(
                    out,
                    trusted ? "source" : "source, not trusted and not counted",
                    "%s: “%s”".formatted(source.string("from"), source.string("quote")));
        }
        put(out, "refused", widening.stringOrNull("why"));
        widening.items("added").forEach(leaf -> added(out, JsonFields.of(leaf)));
        GrantText.needs(widening).forEach(need -> put(out, "needs", need));
        return out;
    }

    /// The tries of an account; empty for none.
    static List<String> all(JsonFields account) {
        var out = new ArrayList<String>();
        account.items("widenings")
                .forEach(one -> {
                    out.add("");
                    out.addAll(of(JsonFields.of(one)));
                });
        return out;
    }

    /// Whether one waits for a human.
    static boolean waits(JsonFields account) {
        List<Json> all = account.items("widenings");
        return !all.isEmpty()
                && JsonFields.of(all.getLast()).string("state").equals("awaiting_approval");
    }

    private static void added(List<String> out, JsonFields leaf) {
        out.addAll(
                Wrapped.lines(
                        "  + ",
                        "      ",
                        "%s.%s  %s %s  [%s]"
                                .formatted(
                                        leaf.string("service"),
                                        leaf.string("operation"),
                                        leaf.string("method"),
                                        leaf.string("path"),
                                        String.join(", ", leaf.strings("traits")))));
        GrantText.bounds(leaf)
                .forEach(bound -> out.addAll(Wrapped.lines("      ", "        ", bound)));
        out.addAll(
                Wrapped.lines(
                        "      ",
                        "        ",
                        "because “%s” (%s)"
                                .formatted(
                                        Visible.clipped(leaf.string("because"), CHARS_MAX),
                                        leaf.string("from"))));
    }

    private static void put(
            List<String> out, String name, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            out.addAll(Wrapped.lines("  ", "    ", name + ": " + Visible.clipped(text, CHARS_MAX)));
        }
    }
}
