package dev.daypass.intent;

import dev.daypass.permission.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds known values of arguments in a task's words, by value or label. One for each task.
final class Arguments {
    private final String text;
    private final int[] borders;

    /// @param text the part of a task that counts
    Arguments(String text) {
        this.text = text;
        this.borders = borders(text);
    }

    /// @param values as on the wire
    /// @param span the words
    record Mention(List<String> values, Span span) {}

    Optional<Mention> mentioned(Parameter parameter) {
        return choice(parameter);
    }

    /// `from New York` binds the parameter `from` to New York only; without such a word every
    /// mentioned choice counts.
    private Optional<Mention> choice(Parameter parameter) {
        var led = new ArrayList<Mention>();
        var loose = new ArrayList<Mention>();
        for (Parameter.Choice choice : parameter.choices()) {
            Span span = find(choice);
            if (span != null) {
                var mention = new Mention(List.of(choice.value()), span);
                (ledBy(parameter.name(), span) ? led : loose).add(mention);
            }
        }
        List<Mention> counted = led.isEmpty() ? loose : led;
        return counted.stream()
                .reduce((a, b) ->
                        new Mention(joined(a.values(), b.values()), a.span().and(b.span())));
    }

    private @Nullable Span find(Parameter.Choice choice) {
        Span byLabel = whole(choice.label(), false);
        return byLabel != null ? byLabel : whole(choice.value(), true);
    }

    /// The first place where `wanted` stands with no letter or digit touching it.
    private @Nullable Span whole(String wanted, boolean exactCase) {
        if (wanted.isBlank()) {
            return null;
        }
        char first = fold(wanted.charAt(0));
        for (int at : borders) {
            int end = at + wanted.length();
            if (end > text.length()) {
                return null;
            }
            if (fold(text.charAt(at)) == first
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))
                    && text.regionMatches(!exactCase, at, wanted, 0, wanted.length())) {
                return new Span(at, end);
            }
        }
        return null;
    }

    /// Where something may begin: not behind a letter or a digit.
    private static int[] borders(String text) {
        var out = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); at++) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                out[count++] = at;
            }
        }
        return Arrays.copyOf(out, count);
    }

    // As String.regionMatches compares when it ignores case.
    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private boolean ledBy(String name, Span span) {
        String before = text.substring(0, span.start()).stripTrailing();
        int at = before.length() - name.length();
        return at >= 0
                && before.regionMatches(true, at, name, 0, name.length())
                && (at == 0 || !Character.isLetterOrDigit(before.charAt(at - 1)));
    }

    private static List<String> joined(List<String> a, List<String> b) {
        var out = new ArrayList<>(a);
        out.addAll(b);
        return out;
    }
}
