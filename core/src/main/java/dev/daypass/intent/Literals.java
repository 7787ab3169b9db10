package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.NameWords;
import dev.daypass.permission.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values that a task writes out, and the arguments that they bind: addresses bind recipients,
/// identifiers what is identified, dates days, and so on. What the task leaves open stays open.
final class Literals {
    private static final Set<String> RECIPIENT =
            Lexicon.words(
                    "recipient recipients to email emails participants participant attendees attendee invitee invitees guest guests receiver address");
    private static final Set<String> AMOUNT = Lexicon.words("amount price total sum value fee");
    private static final Set<String> DAY = Lexicon.words("day date");
    private static final Set<String> LINK = Lexicon.words("url link uri website webpage");
    private static final Set<String> FILE = Lexicon.words("file filename path");
    private static final Set<String> TITLE = Lexicon.words("title name subject label summary");
    private static final Set<String> NAMING = Lexicon.words("titled called named entitled labelled");
    private static final Pattern QUOTED =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}])['\"“‘`]([^'\"“”‘’`\\n]{1,120})['\"”’`](?![\\p{L}\\p{N}])");
    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Reading reading;
    private final Arguments arguments;

    Literals(Reading reading) {
        this.reading = reading;
        this.arguments = new Arguments(reading.counted());
    }

    Map<String, Constraint> bounds(Match match) {
        var out = new HashMap<String, Constraint>();
        for (Parameter parameter : match.shape().operation().parameters()) {
            List<String> values = values(parameter, match);
            if (!values.isEmpty()) {
                out.put(parameter.slot(), new Constraint.OneOf(values));
            } else if (parameter.required() && AMOUNT.contains(last(parameter))) {
                Amounts.most(written(Token.Kind.AMOUNT, match))
                        .ifPresent(most -> out.put(parameter.slot(), new Constraint.AtMost(most)));
            }
        }
        return out;
    }

    /// Where the task says what an operation's arguments may be, for arguments with known values.
    List<Span> choices(Shape shape) {
        return shape.operation().parameters().stream()
                .filter(parameter -> !parameter.choices().isEmpty())
                .flatMap(parameter -> arguments.mentioned(parameter).stream())
                .map(Arguments.Mention::span)
                .toList();
    }

    /// The words that justify a match, with the named choices among its arguments.
    Span cited(Match match) {
        Span out = match.because();
        for (Parameter parameter : match.shape().operation().parameters()) {
            if (!parameter.choices().isEmpty()) {
                out =
                        arguments
                                .mentioned(parameter)
                                .map(Arguments.Mention::span)
                                .map(out::and)
                                .orElse(out);
            }
        }
        return out;
    }

    private List<String> values(Parameter parameter, Match match) {
        if (!parameter.choices().isEmpty() || parameter.place() == Parameter.Place.PATH) {
            return arguments.mentioned(parameter).map(Arguments.Mention::values).orElse(List.of());
        }
        String last = last(parameter);
        if (!parameter.required()) {
            return List.of();
        }
        if (RECIPIENT.contains(last)) {
            return written(Token.Kind.EMAIL, match);
        }
        if (LINK.contains(last)) {
            return written(Token.Kind.URL, match);
        }
        if (FILE.contains(last)) {
            return Stream.concat(
                            written(Token.Kind.FILE, match).stream(),
                            written(Token.Kind.PATH, match).stream())
                    .toList();
        }
        if (DAY.contains(last)) {
            List<String> days = written(Token.Kind.DATE, match);
            return days.stream().allMatch(d -> ISO_DAY.matcher(d).matches()) ? days : List.of();
        }
        if (TITLE.contains(last)) {
            return titled(last, match);
        }
        if (need(parameter, match, Shape.Need.Kind.NAME)) {
            return quoted(match);
        }
        boolean identifies = need(parameter, match, Shape.Need.Kind.IDENTIFIER);
        return identifies ? written(Token.Kind.IDENTIFIER, match) : List.of();
    }

    private static boolean need(Parameter parameter, Match match, Shape.Need.Kind kind) {
        return match.shape().needs().stream()
                .anyMatch(n -> n.parameter().equals(parameter) && n.kind() == kind);
    }

    // `the hotel 'Sea View'`: the only name in quotes, in the clause or in the task.
    private List<String> quoted(Match match) {
        List<String> own = match.action() == null ? List.of() : inQuotes(reach(match.action()));
        List<String> names = own.isEmpty() ? inQuotes(reading.counted()) : own;
        return names.size() == 1 ? names : List.of();
    }

    // `titled 'Lunch'`, `with the subject 'Lunch'`
    private List<String> titled(String parameter, Match match) {
        String text = match.action() == null ? reading.counted() : reach(match.action());
        return QUOTED.matcher(text)
                .results()
                .filter(found -> {
                    String before = text.substring(0, found.start()).stripTrailing();
                    String word = before.substring(before.lastIndexOf(' ') + 1).toLowerCase(java.util.Locale.ROOT);
                    return word.startsWith(parameter) || NAMING.contains(word);
                })
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private String reach(Action action) {
        int end = action.scope().isEmpty() ? action.span().end() : action.scope().getLast().span().end();
        return reading.text().substring(action.span().start(), Math.min(end + 1, reading.text().length()));
    }

    private static List<String> inQuotes(String text) {
        return QUOTED.matcher(text).results().map(found -> found.group(1)).distinct().toList();
    }

    private static String last(Parameter parameter) {
        List<String> words = NameWords.split(parameter.name());
        return words.isEmpty() ? "" : words.getLast();
    }

    /// What stands in the action's own clause; failing that, what stands anywhere.
    private List<String> written(Token.Kind kind, Match match) {
        List<Token> near = match.action() == null ? List.of() : match.action().scope();
        List<String> own = of(kind, near);
        return own.isEmpty() ? of(kind, reading.tokens()) : own;
    }

    private static List<String> of(Token.Kind kind, List<Token> tokens) {
        return tokens.stream().filter(t -> t.is(kind)).map(Token::text).distinct().toList();
    }
}
