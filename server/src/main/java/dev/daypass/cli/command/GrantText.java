package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;

/// What an account may do, as a tree, and what was left out of it.
final class GrantText {
    private static final int CHARS_MAX = 200;

    private GrantText() {}

    /// The grant as a tree: service, operation, its bounds, the words that justify it.
    static List<String> tree(JsonFields account) {
        List<JsonFields> leaves = account.items("grant").stream().map(JsonFields::of).toList();
        List<String> waiting = waiting(account);
        var out = new ArrayList<String>();
        String service = "";
        for (int i = 0; i < leaves.size(); i++) {
            String of = leaves.get(i).string("service");
            if (!of.equals(service)) {
                out.add(Visible.of(of));
                service = of;
            }
            boolean last =
                    i + 1 == leaves.size() || !leaves.get(i + 1).string("service").equals(of);
            addLeaf(out, leaves.get(i), last);
            if (waiting.contains(of + "." + leaves.get(i).string("operation"))) {
                out.add((last ? "     " : "│    ") + "waits for a human");
            }
        }
        return out;
    }

    /// Operations that only a human can grant.
    private static List<String> waiting(JsonFields account) {
        return account.items("waiting").stream()
                .map(JsonFields::of)
                .map(one -> one.string("service") + "." + one.string("operation"))
                .toList();
    }

    private static void addLeaf(List<String> out, JsonFields leaf, boolean last) {
        List<String> traits = leaf.strings("traits");
        out.add(
                "%s %s  %s %s%s"
                        .formatted(
                                last ? "└─" : "├─",
                                Visible.of(leaf.string("operation")),
                                Visible.of(leaf.string("method")),
                                Visible.of(leaf.string("path")),
                                traits.isEmpty()
                                        ? ""
                                        : Visible.of("  [" + String.join(", ", traits) + "]")));
        String indent = last ? "     " : "│    ";
        if (leaf.take("constraints") instanceof Json.Obj(var bounds)) {
            bounds.forEach((slot, values) ->
                    out.add(indent + Visible.clipped(bound(slot, values), CHARS_MAX)));
        }
        String because = leaf.stringOrNull("because");
        if (because != null && !because.isEmpty()) {
            out.add(indent + Visible.clipped("because “" + because + "”", CHARS_MAX));
        }
    }

    static String bound(String slot, Json values) {
        if (values instanceof Json.Arr(var items)) {
            List<String> texts =
                    items.stream()
                            .map(item -> item instanceof Json.Str(var text) ? text : item.text())
                            .toList();
            return "only %s = %s".formatted(slot, String.join(" or ", texts));
        }
        return "only %s = %s".formatted(slot, values.text());
    }

    /// What was left out, and why; empty if nothing is told about it.
    static List<String> dropped(JsonFields account) {
        List<JsonFields> all = account.items("dropped").stream().map(JsonFields::of).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        var table = new Table("LEFT OUT", "WHY");
        all.forEach(d ->
                table.row(
                        d.string("service") + "." + d.string("operation"),
                        Visible.clipped(d.string("why"), CHARS_MAX)));
        var out = new ArrayList<>(table.lines());
        Long more = account.longOrNull("dropped_more");
        if (more != null && more > 0) {
            out.add("and %d more".formatted(more));
        }
        return out;
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
