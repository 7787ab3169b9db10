package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a task would be granted and why, for a reader with 80 columns.
final class ExplainText {
    private static final double SURE = 0.75;
    private static final double UNSURE = 0.3;
    private static final int TEXT_CHARS_MAX = 400;
    private static final int FACT_CHARS_MAX = 120;

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
        text.rules(explained);
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
        objects(explained, "waiting").forEach(w -> waiting.put(GrantText.name(w), w.string("why")));
        new TreeText(out, ink, (leaf, bar) -> leaf(leaf, bar, waiting.get(GrantText.name(leaf))))
                .add(objects(explained, "grant"));
    }

    private void leaf(JsonFields leaf, String bar, @Nullable String waits) {
        GrantText.bounds(leaf).forEach(bound -> put(bar, bound));
        put(bar, words(leaf));
        String traits = traits(leaf);
        if (!traits.isEmpty()) {
            put(bar, traits);
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
        String because =
                "because “" + Visible.clipped(leaf.string("because"), TEXT_CHARS_MAX) + "”";
        List<Json> span = leaf.items("span");
        return span.size() == 2
                ? "%s (characters %s to %s)"
                        .formatted(because, span.get(0).text(), span.get(1).text())
                : because;
    }

    /// What it does, and the facts that say so: `write (method POST); money (name: payment)`.
    private static String traits(JsonFields leaf) {
        JsonFields facts = leaf.objectOrNull("facts");
        if (facts == null) {
            return "";
        }
        var byFact = new LinkedHashMap<String, List<String>>();
        for (String trait : leaf.strings("traits")) {
            String fact = facts.stringOrNull(trait);
            byFact.computeIfAbsent(fact == null ? "" : fact, _ -> new ArrayList<>()).add(trait);
        }
        var out = new ArrayList<String>();
        byFact.forEach((fact, traits) ->
                out.add(
                        String.join(", ", traits)
                                + (fact.isEmpty()
                                        ? ""
                                        : " (" + Visible.clipped(fact, FACT_CHARS_MAX) + ")")));
        return String.join("; ", out);
    }

    /// What the words had to have, once for all leaves.
    private void rules(JsonFields explained) {
        var rules = new LinkedHashSet<String>();
        for (JsonFields leaf : objects(explained, "grant")) {
            String rule = leaf.stringOrNull("rule");
            rules.addAll(rule == null ? List.of() : List.of(rule.split("; ", -1)));
        }
        heading("RULES", List.copyOf(rules));
        rules.forEach(rule -> out.addAll(Wrapped.lines("  ", "    ", rule)));
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
        List<JsonFields> dropped = GrantText.leftOut(fields);
        heading("LEFT OUT", dropped);
        for (JsonFields one : dropped) {
            out.addAll(
                    Wrapped.lines(
                            "  ",
                            "      ",
                            "%s: %s"
                                    .formatted(
                                            GrantText.name(one),
                                            Visible.clipped(one.string("why"), TEXT_CHARS_MAX))));
        }
        GrantText.more(fields, dropped.size()).forEach(more -> out.add(ink.faint("  " + more)));
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
