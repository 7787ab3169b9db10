package dev.daypass.llm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What models are shown of operations, worked out once for each.
final class Shelf {
    private static final int ENTRIES_MAX = 20_000;
    private static final int SUMMARY_CHARS_MAX = 200;
    private static final int DESCRIPTION_CHARS_MAX = 100;
    private static final int PARAMETERS_MAX = 24;
    private static final int CHOICES_MAX = 24;
    private static final int BEGINNING_CHARS = 5;
    private static final int WORD_CHARS_MIN = 3;
    private static final int OF_NAME = 3;

    // By identity: an operation that is imported again is another.
    private final Cache<Operation, Entry> entries =
            Caffeine.newBuilder().weakKeys().maximumSize(ENTRIES_MAX).build();

    /// @param name the beginnings of the words that name it
    /// @param prose the beginnings of the words of its summary
    /// @param line what is shown, as one line of JSON
    record Entry(Set<String> name, Set<String> prose, String line) {
        /// How much it has in common with a task; a word of the name counts three times one of the
        /// summary. Enough to choose what a model is shown.
        int overlap(Set<String> asked) {
            return OF_NAME * shared(name, asked) + shared(prose, asked);
        }

        private static int shared(Set<String> a, Set<String> b) {
            int count = 0;
            for (String word : a) {
                count += b.contains(word) ? 1 : 0;
            }
            return count;
        }
    }

    Entry of(Operation operation) {
        return entries.get(operation, Shelf::entry);
    }

    /// The beginnings of a text's words, so that `booking` and `booked` meet in any language with
    /// endings.
    static Set<String> beginnings(String text) {
        var out = new HashSet<String>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (word.length() >= WORD_CHARS_MIN) {
                out.add(word.substring(0, Math.min(word.length(), BEGINNING_CHARS)));
            }
        }
        return out;
    }

    private static Entry entry(Operation operation) {
        String name =
                "%s %s %s"
                        .formatted(
                                operation.id().name(),
                                operation.path(),
                                String.join(" ", operation.tags()))
                        .replaceAll("([a-z0-9])([A-Z])", "$1 $2");
        return new Entry(
                beginnings(name), beginnings(operation.summary()), shown(operation).text());
    }

    private static Json.Obj shown(Operation operation) {
        return Json.object()
                .put("operation", operation.id().toString())
                .put("does", Json.strings(operation.traits().stream().map(Trait::word).toList()))
                .put("description", Clip.to(operation.summary(), SUMMARY_CHARS_MAX))
                .put(
                        "parameters",
                        Json.array(
                                operation.parameters().stream()
                                        .limit(PARAMETERS_MAX)
                                        .map(Shelf::shown)
                                        .toList()))
                .build();
    }

    private static Json.Obj shown(Parameter parameter) {
        List<Json.Str> choices =
                parameter.choices().stream()
                        .limit(CHOICES_MAX)
                        .map(c -> Json.of(Clip.to(choice(c), DESCRIPTION_CHARS_MAX)))
                        .toList();
        return Json.object()
                .put("parameter", Clip.to(parameter.slot(), DESCRIPTION_CHARS_MAX))
                .put("type", Clip.to(parameter.type(), DESCRIPTION_CHARS_MAX))
                .put("description", Clip.to(parameter.description(), DESCRIPTION_CHARS_MAX))
                .put("values", choices.isEmpty() ? null : Json.array(choices))
                .build();
    }

    private static String choice(Parameter.Choice choice) {
        return choice.label().equals(choice.value())
                ? choice.value()
                : choice.value() + " (" + choice.label() + ")";
    }
}
