package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.NameWords;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values that a task writes out, and the arguments that they bind: addresses bind recipients,
/// identifiers what is identified, dates days, and so on. What the task leaves open stays open.
final class Literals {
    private static final Set<String> RECIPIENT =
            Lexicon.words(
                    "recipient recipients to email emails participants participant attendees attendee invitee invitees guest guests receiver address mail");
    private static final Set<String> AMOUNT = Lexicon.words("amount price total sum value fee");
    private static final Set<String> DAY = Lexicon.words("day date");
    private static final Set<String> LINK = Lexicon.words("url link uri website webpage");
    private static final Set<String> FILE = Lexicon.words("file filename path");
    private static final Set<String> TITLE = Lexicon.words("title name subject label summary");
    private static final Set<String> NAMING =
            Lexicon.words("titled called named entitled labelled");
    private static final Pattern WHOLE_LINK = Pattern.compile("https?://[\\w.~:/?#%&=+@-]+");
    // A directory stands for what is in it.
    private static final Pattern A_FILE = Pattern.compile(".*/[^/]+\\.[^/.]+");
    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Reading reading;
    private final Arguments arguments;
    private final Owned owned;

    Literals(Reading reading) {
        this.reading = reading;
        this.arguments = new Arguments(reading.counted());
        this.owned = new Owned(reading);
    }

    Map<String, Constraint> bounds(Match match) {
        var out = new HashMap<String, Constraint>();
        for (Parameter parameter : match.shape().operation().parameters()) {
            List<String> values = values(parameter, match);
            if (!values.isEmpty()) {
                out.put(parameter.slot(), new Constraint.OneOf(values));
            } else if (parameter.required() && AMOUNT.contains(last(parameter))) {
                Amounts.most(written(Token.Kind.AMOUNT, match))
                        .ifPresent(most -> out.put(parameter.slot(), Range.upTo(most)));
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
        if (!parameter.choices().isEmpty()) {
            return arguments.mentioned(parameter).map(Arguments.Mention::values).orElse(List.of());
        }
        boolean path = parameter.place() == Parameter.Place.PATH;
        if (!parameter.required() && !path) {
            return List.of();
        }
        List<String> slugs = owned.slugs(parameter, match.shape());
        if (!slugs.isEmpty()) {
            return slugs;
        }
        return path ? needed(parameter, match) : byKind(parameter, match);
    }

    private List<String> byKind(Parameter parameter, Match match) {
        String last = last(parameter);
        if (RECIPIENT.contains(last)) {
            return written(Token.Kind.EMAIL, match);
        }
        if (LINK.contains(last)) {
            return written(Token.Kind.URL, match).stream()
                    .filter(url -> WHOLE_LINK.matcher(url).matches())
                    .toList();
        }
        if (FILE.contains(last)) {
            return Stream.concat(
                            written(Token.Kind.FILE, match).stream(),
                            written(Token.Kind.PATH, match).stream()
                                    .filter(path -> A_FILE.matcher(path).matches()))
                    .toList();
        }
        if (DAY.contains(last)) {
            List<String> days = written(Token.Kind.DATE, match);
            return days.stream().allMatch(d -> ISO_DAY.matcher(d).matches()) ? days : List.of();
        }
        return TITLE.contains(last) ? titled(last, match) : needed(parameter, match);
    }

    private List<String> needed(Parameter parameter, Match match) {
        List<Token> near =
                reading.actions().stream()
                        .filter(a ->
                                !a.negated()
                                        && a.groups().stream()
                                                .anyMatch(match.shape().groups()::contains))
                        .flatMap(a -> a.scope().stream())
                        .distinct()
                        .toList();
        for (Shape.Need need : match.shape().needs()) {
            if (need.parameter().equals(parameter)) {
                return switch (need.kind()) {
                    case IDENTIFIER -> owned.identifiers(need, match.shape(), near);
                    case NAME -> owned.quoted(need, match.shape());
                    case PERSON -> List.of();
                };
            }
        }
        return List.of();
    }

    // `titled 'Lunch'`, `with the subject 'Lunch'`
    private List<String> titled(String parameter, Match match) {
        String text = match.action() == null ? reading.counted() : clause(match.action());
        return Quotations.in(text).stream()
                .filter(q -> {
                    String before = text.substring(0, q.span().start()).stripTrailing();
                    String word =
                            before.substring(before.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
                    return word.startsWith(parameter) || NAMING.contains(word);
                })
                .map(Quotations.Quotation::words)
                .distinct()
                .toList();
    }

    private String clause(Action action) {
        String text = reading.text();
        int end =
                action.scope().isEmpty()
                        ? action.span().end()
                        : action.scope().getLast().span().end();
        return text.substring(action.span().start(), Math.min(end + 1, text.length()));
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
