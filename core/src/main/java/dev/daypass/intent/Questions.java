package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What would make a task plainer, asked of whoever wrote it.
final class Questions {
    private static final int QUESTIONS_MAX = 3;
    private static final int THINGS_MAX = 12;

    private Questions() {}

    static List<String> of(Reading reading, Catalog catalog, Chosen chosen) {
        var out = new ArrayList<String>();
        if (reading.doubted()) {
            out.add("which part is the task itself? leave out what is not about it");
        }
        for (Action action : reading.actions()) {
            boolean served =
                    action.looks()
                            || chosen.all().stream().anyMatch(m -> action.equals(m.action()));
            if (!served && !action.negated() && out.size() < QUESTIONS_MAX) {
                out.add(
                        "what is to be done by `%s`, and to which thing?"
                                .formatted(words(reading, action)));
            }
        }
        if (chosen.isEmpty()) {
            out.add(
                    catalog.shapes().isEmpty()
                            ? "which service is meant? this agent may have no operation of any"
                            : "what is to be read or changed? known here: " + things(catalog));
        }
        return out;
    }

    private static String words(Reading reading, Action action) {
        int end =
                action.objects().isEmpty()
                        ? action.span().end()
                        : action.objects().getLast().span().end();
        return reading.text().substring(action.span().start(), Math.max(end, action.span().end()));
    }

    private static String things(Catalog catalog) {
        return catalog.operations().stream()
                .map(o -> String.join(" ", NameWords.split(o.id().name())))
                .sorted()
                .limit(THINGS_MAX)
                .collect(Collectors.joining(", "));
    }
}
