package dev.daypass.cli.command;

import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The permission tree of some leaves: service, resource, operation, and below each operation what
/// is told of it.
final class TreeText {
    private static final String NO_RESOURCE = "/";

    private final Ink ink;
    private final BiConsumer<JsonFields, String> below;
    private final List<String> out;

    /// @param out takes the lines
    /// @param below adds what is told of a leaf, each line behind the bar that it is given
    TreeText(List<String> out, Ink ink, BiConsumer<JsonFields, String> below) {
        this.out = out;
        this.ink = ink;
        this.below = below;
    }

    /// @param leaves with `service`, `resource`, `operation`, `method` and `path`
    void add(List<JsonFields> leaves) {
        grouped(leaves)
                .forEach((service, resources) -> {
                    out.add(ink.bold(Visible.of(service)));
                    for (var each = resources.entrySet().iterator(); each.hasNext(); ) {
                        var resource = each.next();
                        branch(resource.getKey(), resource.getValue(), !each.hasNext());
                    }
                });
    }

    private static Map<String, Map<String, List<JsonFields>>> grouped(List<JsonFields> leaves) {
        var out = new LinkedHashMap<String, Map<String, List<JsonFields>>>();
        for (JsonFields leaf : leaves) {
            String resource = leaf.stringOrNull("resource");
            out.computeIfAbsent(leaf.string("service"), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            resource == null ? NO_RESOURCE : resource, _ -> new ArrayList<>())
                    .add(leaf);
        }
        return out;
    }

    private void branch(String resource, List<JsonFields> leaves, boolean last) {
        out.add((last ? "└─ " : "├─ ") + Visible.of(resource));
        String bar = last ? "   " : "│  ";
        for (Iterator<JsonFields> each = leaves.iterator(); each.hasNext(); ) {
            JsonFields leaf = each.next();
            boolean end = !each.hasNext();
            String under = bar + (end ? "     " : "│    ");
            operation(leaf, bar + (end ? "└─ " : "├─ "), under);
            below.accept(leaf, under);
        }
    }

    private void operation(JsonFields leaf, String first, String under) {
        String name = Visible.of(leaf.string("operation"));
        List<String> lines =
                Wrapped.lines(
                        first,
                        under,
                        "%s  %s %s%s"
                                .formatted(
                                        name,
                                        leaf.string("method"),
                                        leaf.string("path"),
                                        traits(leaf)));
        String line = lines.getFirst();
        out.add(
                line.startsWith(first + name)
                        ? first + ink.bold(name) + line.substring(first.length() + name.length())
                        : line);
        out.addAll(lines.subList(1, lines.size()));
    }

    /// Where the facts are known, they are told with the traits, below.
    private static String traits(JsonFields leaf) {
        List<String> traits = leaf.strings("traits");
        return traits.isEmpty() || leaf.objectOrNull("facts") != null
                ? ""
                : "  [" + String.join(", ", traits) + "]";
    }
}
