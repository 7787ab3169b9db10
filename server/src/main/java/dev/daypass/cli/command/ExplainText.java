package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a task would be granted and why, for a reader with 80 columns.
final class ExplainText {
    private static final double SURE = 0.75;
    private static final double UNSURE = 0.3;
    private static final int TEXT_CHARS_MAX = 400;

    private final Ink ink;
    private final List<String> out = new ArrayList<>();

    private ExplainText(Ink ink) {
        this.ink = ink;
    }

    /// The tree with its reasons, what was not counted, what was left out, what is open, and what a
    /// human has to do with it.
    static List<String> of(JsonFields explained, Ink ink) {
        var text = new ExplainText(ink);
        text.tree(explained);
        text.confidence(explained);
        text.notices(explained);
        text.dropped(explained);
        text.questions(explained);
        text.terms(explained);
        return text.out;
    }

    /// Why nothing would be granted, besides the problem itself.
    static List<String> refused(JsonFields problem, Ink ink) {
        var text = new ExplainText(ink);
        text.notices(problem);
        text.dropped(problem);
        text.questions(problem);
        if (!text.out.isEmpty() && text.out.getFirst().isEmpty()) {
            text.out.removeFirst();
        }
        return text.out;
    }

    private void tree(JsonFields explained) {
        Map<String, String> waiting = new HashMap<>();
        objects(explained, "waiting")
                .forEach(w ->
                        waiting.put(
                                w.string("service") + "." + w.string("operation"),
                                w.string("why")));
        List<JsonFields> leaves = objects(explained, "grant");
        String service = "";
        for (int i = 0; i < leaves.size(); i++) {
            JsonFields leaf = leaves.get(i);
            String of = leaf.string("service");
            if (!of.equals(service)) {
                out.add(ink.bold(Visible.of(of)));
                service = of;
            }
            boolean last =
                    i + 1 == leaves.size() || !leaves.get(i + 1).string("service").equals(of);
            leaf(leaf, last, waiting.get(of + "." + leaf.string("operation")));
        }
    }

    private void leaf(JsonFields leaf, boolean last, @Nullable String waits) {
        String bar = last ? "     " : "│    ";
        List<String> traits = leaf.strings("traits");
        out.add((last ? "└─ " : "├─ ") + ink.bold(Visible.of(leaf.string("operation"))));
        put(
                bar,
                "%s %s  [%s]"
                        .formatted(
                                leaf.string("method"),
                                leaf.string("path"),
                                String.join(", ", traits)));
        if (leaf.take("constraints") instanceof Json.Obj(var bounds)) {
            bounds.forEach((slot, values) ->
                    put(bar, Visible.clipped(GrantText.bound(slot, values), TEXT_CHARS_MAX)));
        }
        put(bar, words(leaf));
        String rule = leaf.stringOrNull("rule");
        if (rule != null) {
            put(bar, "rule: " + rule);
        }
        String by = leaf.stringOrNull("corrected_by");
        if (by != null) {
            put(bar, "traits corrected by %s at %s".formatted(by, leaf.string("corrected_at")));
        }
        if (waits != null) {
            warn(bar, "waits for a human: " + waits);
        }
    }

    private static String words(JsonFields leaf) {
        String because = "“" + Visible.clipped(leaf.string("because"), TEXT_CHARS_MAX) + "”";
        List<Json> span = leaf.items("span");
        return span.size() == 2
                ? "%s (characters %s to %s)"
                        .formatted(because, span.get(0).text(), span.get(1).text())
                : because;
    }

    private void confidence(JsonFields explained) {
        if (explained.take("confidence") instanceof Json.Num(var sure)) {
            double value = sure.doubleValue();
            String words = value >= SURE ? "sure" : value >= UNSURE ? "not quite sure" : "unsure";
            out.add("");
            out.add("confidence %s: %s".formatted(sure.toPlainString(), words));
        }
    }

    private void notices(JsonFields fields) {
        List<JsonFields> notices = objects(fields, "notices");
        heading("NOT COUNTED", notices);
        for (JsonFields notice : notices) {
            warn(
                    "  ",
                    "“%s” (characters %d to %d): %s"
                            .formatted(
                                    Visible.clipped(notice.string("words"), TEXT_CHARS_MAX),
                                    notice.longValue("start"),
                                    notice.longValue("end"),
                                    notice.string("why")));
        }
    }

    private void dropped(JsonFields fields) {
        List<JsonFields> dropped = objects(fields, "dropped");
        heading("LEFT OUT", dropped);
        for (JsonFields one : dropped) {
            String name = one.string("service") + "." + one.string("operation");
            out.addAll(
                    Wrapped.lines(
                            "  ",
                            "      ",
                            "%s: %s"
                                    .formatted(
                                            name,
                                            Visible.clipped(one.string("why"), TEXT_CHARS_MAX))));
        }
        Long more = fields.longOrNull("dropped_more");
        if (more != null && more > 0) {
            out.add(ink.faint("  and %d more".formatted(more)));
        }
    }

    private void questions(JsonFields fields) {
        List<String> questions = fields.strings("questions");
        heading("SAY MORE ABOUT", questions);
        questions.forEach(question ->
                out.addAll(
                        Wrapped.lines("  - ", "    ", Visible.clipped(question, TEXT_CHARS_MAX))));
    }

    private void terms(JsonFields explained) {
        out.add("");
        out.add(Visible.of("for at most %s".formatted(explained.string("ttl"))));
        List<String> needs = GrantText.needs(explained);
        out.addAll(
                needs.isEmpty() && explained.items("waiting").isEmpty()
                        ? List.of("no human has to approve it")
                        : needs.isEmpty() ? List.of("a human has to approve it") : needs);
    }

    private void heading(String text, List<?> below) {
        if (!below.isEmpty()) {
            out.add("");
            out.add(ink.bold(text));
        }
    }

    private void put(String bar, String text) {
        out.addAll(Wrapped.lines(bar, bar + "  ", text));
    }

    private void warn(String bar, String text) {
        for (String line : Wrapped.lines(bar, bar + "  ", text)) {
            out.add(line.substring(0, bar.length()) + ink.warning(line.substring(bar.length())));
        }
    }

    private static List<JsonFields> objects(JsonFields fields, String name) {
        return fields.items(name).stream().map(JsonFields::of).toList();
    }
}
