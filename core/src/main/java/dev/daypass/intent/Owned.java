package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import dev.daypass.permission.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells which of the identifiers and names that a task writes out belong to which argument: the
/// one behind `order` to the order. Where it cannot be told none does, so that what is left open is
/// never bound to the wrong value.
final class Owned {
    private static final Pattern WHEN = Pattern.compile("(?:19|20)\\d\\d(?:-\\d\\d){0,2}");
    private static final Set<String> OWNER = Lexicon.words("owner org organization organisation");
    private static final Set<String> REPOSITORY = Lexicon.words("repo repository project");
    private static final Set<String> TEXT =
            Lexicon.words(
                    "message content contents text body description comment note reason password query");
    private static final int BEFORE = 3;
    private static final Pattern DIGITS = Pattern.compile("\\d{2,}");

    private final List<Token> tokens;
    private final String text;

    Owned(Reading reading) {
        this.tokens = reading.tokens();
        this.text = reading.counted();
    }

    /// The identifiers for an argument that names a thing by one.
    ///
    /// @param near the words of the action's own clause; they count first
    List<String> identifiers(Shape.Need need, Shape shape, List<Token> near) {
        // What is only looked at may be any of them.
        List<String> own = shape.reads() ? List.of() : identifiers(need, shape, near, true);
        return own.isEmpty() ? identifiers(need, shape, tokens, false) : own;
    }

    private List<String> identifiers(Shape.Need need, Shape shape, List<Token> of, boolean near) {
        var tied = new ArrayList<String>();
        var loose = new ArrayList<String>();
        // Beside `D-1544` a plain number is an amount.
        boolean lettered =
                tokens.stream().anyMatch(t -> t.is(Token.Kind.IDENTIFIER) && identifies(t));
        for (Token token : of) {
            if (identifies(token) && !counts(token)) {
                Token noun = noun(token, BEFORE);
                if (noun == null) {
                    if (!token.is(Token.Kind.NUMBER) || !lettered) {
                        loose.add(written(token));
                    }
                } else if (speaksOf(noun, need.thing())) {
                    tied.add(written(token));
                }
            }
        }
        long wanted =
                shape.needs().stream().filter(n -> n.kind() == Shape.Need.Kind.IDENTIFIER).count();
        return tied.isEmpty() && wanted == 1 && (near || loose.size() == 1)
                ? distinct(loose)
                : distinct(tied);
    }

    /// `owner/name` for the two arguments that it stands for.
    List<String> slugs(Parameter parameter, Shape shape) {
        String last = last(parameter);
        boolean owner = OWNER.contains(last);
        if (!owner && !REPOSITORY.contains(last)) {
            return List.of();
        }
        boolean both =
                shape.operation().parameters().stream().anyMatch(p -> OWNER.contains(last(p)));
        var out = new ArrayList<String>();
        for (Token token : tokens) {
            int cut = token.is(Token.Kind.IDENTIFIER) ? token.text().indexOf('/') : -1;
            if (cut > 0) {
                String name = token.text().substring(cut + 1).replaceFirst("#.*", "");
                out.add(owner ? token.text().substring(0, cut) : name);
                if (!both) {
                    out.add(token.text().substring(0, cut + 1) + name);
                }
            }
        }
        return distinct(out);
    }

    /// The only quotation that stands where a thing is spoken of: right behind its word, or, for
    /// what changes something, in the same sentence.
    List<String> quoted(Shape.Need need, Shape shape) {
        if (TEXT.contains(last(need.parameter()))) {
            return List.of();
        }
        List<String> names =
                Quotations.in(text).stream()
                        .filter(q -> q.words().indexOf('{') < 0)
                        .filter(q -> about(q.span(), need.thing(), !shape.reads()))
                        .map(Quotations.Quotation::words)
                        .distinct()
                        .toList();
        return names.size() == 1 ? names : List.of();
    }

    private boolean about(Span quotation, String thing, boolean near) {
        Token first = tokens.stream().filter(t -> t.touches(quotation)).findFirst().orElse(null);
        if (first == null) {
            return false;
        }
        Token noun = noun(first, 1);
        return (noun != null && speaksOf(noun, thing))
                || (near
                        && tokens.stream()
                                .filter(t -> t.sentence() == first.sentence() && t.speaks())
                                .anyMatch(t -> speaksOf(t, thing)));
    }

    // `100 shares` says how many.
    private boolean counts(Token token) {
        int next = tokens.indexOf(token) + 1;
        return token.is(Token.Kind.NUMBER)
                && next < tokens.size()
                && tokens.get(next).sentence() == token.sentence()
                && tokens.get(next).word()
                && !Lexicon.stop(tokens.get(next).lower());
    }

    private static boolean identifies(Token token) {
        boolean digits = token.is(Token.Kind.NUMBER) && DIGITS.matcher(token.text()).matches();
        return (token.is(Token.Kind.IDENTIFIER) || digits)
                && token.text().indexOf('/') < 0
                && !WHEN.matcher(token.text()).matches();
    }

    /// The thing that stands closest before a word, at most `reach` words away.
    private @Nullable Token noun(Token token, int reach) {
        int at = tokens.indexOf(token);
        for (int i = at - 1; i >= Math.max(0, at - reach); i--) {
            Token before = tokens.get(i);
            if (before.sentence() != token.sentence() || identifies(before)) {
                return null;
            }
            if (before.speaks() && !Lexicon.stop(before.lower()) && Things.known(before.stem())) {
                return before;
            }
        }
        return null;
    }

    private static boolean speaksOf(Token token, String thing) {
        return Things.of(token.stem()).contains(thing) || Things.of(thing).contains(token.stem());
    }

    private static String written(Token token) {
        return token.text().replaceFirst("['’]s$", "");
    }

    private static String last(Parameter parameter) {
        List<String> words = NameWords.split(parameter.name());
        return words.isEmpty() ? "" : words.getLast();
    }

    private static List<String> distinct(List<String> values) {
        return values.stream().distinct().toList();
    }
}
