package dev.daypass.intent;

import dev.daypass.permission.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds argument values in a task's words: choices by value or label, and identifiers for path
/// variables.
final class Arguments {
    private Arguments() {}

    /// @param values as on the wire
    /// @param span the words
    record Mention(List<String> values, Span span) {}

    static Optional<Mention> mentioned(Parameter parameter, Task task, List<Word> words) {
        if (!parameter.choices().isEmpty()) {
            return choice(parameter, task);
        }
        return parameter.place() == Parameter.Place.PATH ? identifier(words) : Optional.empty();
    }

    /// `from New York` binds the parameter `from` to New York only; without such a word every
    /// mentioned choice counts.
    private static Optional<Mention> choice(Parameter parameter, Task task) {
        var led = new ArrayList<Mention>();
        var loose = new ArrayList<Mention>();
        for (Parameter.Choice choice : parameter.choices()) {
            find(task.text(), choice)
                    .ifPresent(span -> {
                        var mention = new Mention(List.of(choice.value()), span);
                        (ledBy(parameter.name(), task.text(), span) ? led : loose).add(mention);
                    });
        }
        List<Mention> counted = led.isEmpty() ? loose : led;
        return counted.stream()
                .reduce((a, b) ->
                        new Mention(joined(a.values(), b.values()), a.span().and(b.span())));
    }

    private static Optional<Span> find(String text, Parameter.Choice choice) {
        Optional<Span> byLabel = whole(text, choice.label(), false);
        return byLabel.isPresent() ? byLabel : whole(text, choice.value(), true);
    }

    private static Optional<Span> whole(String text, String wanted, boolean exactCase) {
        if (wanted.isBlank()) {
            return Optional.empty();
        }
        for (int at = 0; at + wanted.length() <= text.length(); at++) {
            int end = at + wanted.length();
            boolean fits =
                    (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                            && (end == text.length()
                                    || !Character.isLetterOrDigit(text.charAt(end)))
                            && text.regionMatches(!exactCase, at, wanted, 0, wanted.length());
            if (fits) {
                return Optional.of(new Span(at, end));
            }
        }
        return Optional.empty();
    }

    private static boolean ledBy(String name, String text, Span span) {
        String before = text.substring(0, span.start()).stripTrailing().toLowerCase(Locale.ROOT);
        String word = name.toLowerCase(Locale.ROOT);
        int at = before.length() - word.length();
        return before.endsWith(word)
                && (at == 0 || !Character.isLetterOrDigit(before.charAt(at - 1)));
    }

    private static Optional<Mention> identifier(List<Word> words) {
        return words.stream()
                .filter(Word::identifies)
                .map(w -> new Mention(List.of(w.text()), w.span()))
                .reduce((a, b) ->
                        new Mention(joined(a.values(), b.values()), a.span().and(b.span())));
    }

    private static List<String> joined(List<String> a, List<String> b) {
        var out = new ArrayList<>(a);
        out.addAll(b);
        return out;
    }
}
