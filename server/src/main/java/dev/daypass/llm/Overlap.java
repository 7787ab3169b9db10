package dev.daypass.llm;

import dev.daypass.intent.Task;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How many words operations share with a task: enough to choose which of them a model is shown.
final class Overlap {
    private static final int BEGINNING_CHARS = 5;
    private static final int WORD_CHARS_MIN = 3;
    private static final int OF_NAME = 3;

    private Overlap() {}

    /// By operation; a word of the name counts three times one of the description.
    static Map<OperationId, Integer> of(Task task, List<Operation> operations) {
        Set<String> asked = beginnings(task.text());
        var out = new HashMap<OperationId, Integer>();
        for (Operation operation : operations) {
            String name =
                    "%s %s %s"
                            .formatted(
                                    operation.id().name(),
                                    operation.path(),
                                    String.join(" ", operation.tags()));
            int score =
                    OF_NAME * shared(beginnings(spaced(name)), asked)
                            + shared(beginnings(operation.summary()), asked);
            out.merge(operation.id(), score, Math::max);
        }
        return out;
    }

    private static String spaced(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2");
    }

    private static int shared(Set<String> a, Set<String> b) {
        int count = 0;
        for (String word : a) {
            count += b.contains(word) ? 1 : 0;
        }
        return count;
    }

    // The beginnings of words, so that `booking` and `booked` meet in any language with endings.
    private static Set<String> beginnings(String text) {
        var out = new HashSet<String>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (word.length() >= WORD_CHARS_MIN) {
                out.add(word.substring(0, Math.min(word.length(), BEGINNING_CHARS)));
            }
        }
        return out;
    }
}
