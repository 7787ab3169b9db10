package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which things a run of words speaks of, how plainly, and where.
final class Mentions {
    private static final double EXACT = 1;
    private static final double SYNONYM = 0.85;
    private static final double IMPLIED = 0.8;
    private static final double WEAK = 0.7;
    private static final Set<String> ADDRESSED = Set.of("email", "mail", "e-mail");
    private static final Set<String> WHEN = Set.of("when", "since", "until");
    private static final double QUOTED = 0.6;
    static final int BEGINNING = 6;
    private static final Set<String> PLACE_BEFORE =
            Set.of(
                    "in", "to", "from", "near", "at", "around", "of", "for", "visit", "and",
                    "between");
    private static final Set<String> RELATIVE =
            Lexicon.words(
                    "today tomorrow tonight yesterday week month weekend monday tuesday wednesday thursday friday saturday sunday next");

    private final Map<String, Mention> found = new HashMap<>();
    private final Map<String, Mention> beginnings = new HashMap<>();
    private @Nullable Span identifier;
    private @Nullable Span name;

    /// @param strength 0 to 1
    /// @param span the words
    record Mention(double strength, Span span) {}

    static Mentions of(List<Token> tokens) {
        var out = new Mentions();
        for (int at = 0; at < tokens.size(); at++) {
            out.token(tokens, at, 1);
        }
        return out;
    }

    void add(List<Token> tokens, double factor) {
        for (int at = 0; at < tokens.size(); at++) {
            token(tokens, at, factor);
        }
    }

    /// Names of people, by where they stand: `tell Ana`, `with Ana`.
    void people(List<Token> scope, double factor) {
        for (int at = 0; at < scope.size(); at++) {
            Token token = scope.get(at);
            boolean led = at == 0 || TO_PEOPLE.contains(scope.get(at - 1).lower());
            if (led && token.capital() && !token.quoted() && !Lexicon.known(token.stem())) {
                all(PEOPLE, WEAK * factor, token.span());
            }
        }
    }

    private static final Set<String> TO_PEOPLE =
            Lexicon.words("to with for from by and or both him her ask tell let invite");
    private static final List<String> PEOPLE =
            List.of("person", "user", "member", "contact", "recipient", "attende", "participant");

    void implied(String verb, Span span, double factor) {
        Kinds.impliedBy(verb).forEach(thing -> put(thing, IMPLIED * factor, span));
        put(verb, IMPLIED * factor, span);
    }

    void addAll(Mentions other, double factor) {
        other.found.forEach((thing, m) -> put(thing, m.strength() * factor, m.span()));
    }

    @Nullable Mention of(String concept) {
        Mention mention = found.get(concept);
        // `prescribed` speaks of a prescription.
        return mention == null && concept.length() >= BEGINNING
                ? beginnings.get(concept.substring(0, BEGINNING))
                : mention;
    }

    double strength(String concept) {
        Mention mention = of(concept);
        return mention == null ? 0 : mention.strength();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    private void token(List<Token> tokens, int at, double factor) {
        Token token = tokens.get(at);
        Span span = token.span();
        switch (token.kind()) {
            case WORD -> {
                word(tokens, at, token.quoted() ? QUOTED * factor : factor);
            }
            case EMAIL -> all(List.of("address"), SYNONYM * factor, span);
            case URL ->
                    all(List.of("url", "webpage", "website", "link", "pag", "web"), factor, span);
            case PATH -> all(List.of("path", "directory", "folder", "fil"), SYNONYM * factor, span);
            case FILE -> all(List.of("fil", "filenam", "document"), factor, span);
            case HANDLE ->
                    all(
                            token.lower().startsWith("#")
                                    ? List.of("channel", "hashtag", "tag")
                                    : List.of("user", "usernam", "direct"),
                            SYNONYM * factor,
                            span);
            case DATE -> all(List.of("day", "dat"), factor, span);
            case TIME -> all(List.of("tim", "hour"), SYNONYM * factor, span);
            case IDENTIFIER -> {
                identifier = span;
                if (token.text().indexOf('/') > 0) {
                    all(List.of("repo", "repository", "project"), SYNONYM * factor, span);
                }
                parts(token, factor);
            }
            case NUMBER -> identifier = token.text().length() > 2 ? span : identifier;
            case AMOUNT -> all(List.of("money", "amount", "payment", "fund"), WEAK * factor, span);
            case MARK -> {}
        }
    }

    private void word(List<Token> tokens, int at, double factor) {
        Token token = tokens.get(at);
        String stem = token.stem();
        if (WHEN.contains(token.lower())) {
            all(List.of("day", "dat", "tim"), WEAK * factor, token.span());
        }
        if (Lexicon.stop(token.lower()) && !RELATIVE.contains(token.lower())) {
            phrases(tokens, at, factor);
            return;
        }
        boolean address =
                ADDRESSED.contains(stem)
                        && at + 1 < tokens.size()
                        && tokens.get(at + 1).stem().equals("address");
        for (String thing : address ? Set.of("address", "contact") : Lexicon.things(stem)) {
            put(
                    thing,
                    (thing.equals(stem) ? EXACT : Lexicon.loose(stem, thing) ? LOOSE : SYNONYM)
                            * factor,
                    token.span());
        }
        phrases(tokens, at, factor);
        if (RELATIVE.contains(token.lower())) {
            all(List.of("day", "dat", "current"), SYNONYM * factor, token.span());
        }
        boolean place =
                token.capital()
                        && at > 0
                        && PLACE_BEFORE.contains(tokens.get(at - 1).lower())
                        && !Lexicon.known(stem);
        if (place) {
            all(
                    List.of("city", "location", "plac", "country", "region", "town"),
                    SYNONYM * factor,
                    token.span());
        }
        if (token.capital()
                && at > 0
                && tokens.get(at - 1).sentence() == token.sentence()
                && !Lexicon.known(stem)) {
            name = token.span();
        }
        if (token.capital() && !Lexicon.known(stem)) {
            boolean agent =
                    at > 0
                            && Set.of(
                                            "by",
                                            "with",
                                            "actor",
                                            "actress",
                                            "director",
                                            "author",
                                            "artist",
                                            "singer",
                                            "dr",
                                            "mr",
                                            "mrs",
                                            "ms")
                                    .contains(tokens.get(at - 1).lower());
            if (agent || token.lower().endsWith("'s")) {
                put("person", SYNONYM * factor, token.span());
            }
        }
        parts(token, factor);
    }

    private static final double LOOSE = Double.parseDouble(System.getProperty("loose", "0.75"));
    private static final double PHRASE = Double.parseDouble(System.getProperty("phrase", "0.8"));

    private void phrases(List<Token> tokens, int at, double factor) {
        for (Lexicon.Phrase phrase : Lexicon.thingPhrases(tokens.get(at).stem())) {
            int end = follows(tokens, at, phrase.rest());
            if (end > 0) {
                Span span = tokens.get(at).span().and(tokens.get(end).span());
                phrase.groups().forEach(t -> put(t, PHRASE * factor, span));
            }
        }
    }

    private static int follows(List<Token> tokens, int at, List<String> rest) {
        int last = at;
        for (String stem : rest) {
            int found = -1;
            for (int i = last + 1;
                    i <= last + 3
                            && i < tokens.size()
                            && tokens.get(i).sentence() == tokens.get(at).sentence();
                    i++) {
                if (tokens.get(i).stem().equals(stem)) {
                    found = i;
                    break;
                }
            }
            if (found < 0) return -1;
            last = found;
        }
        return last;
    }

    // `top-rated` speaks of both, and `GitHub` of what names call `git hub`.
    private void parts(Token token, double factor) {
        List<String> inner = NameWords.split(token.text());
        if (inner.size() > 1 && token.text().indexOf('-') < 0) {
            inner.forEach(part -> put(Stem.of(part), SYNONYM * factor, token.span()));
        }
        if (token.lower().indexOf('-') > 0) {
            for (String part : token.lower().split("-")) {
                String partStem = Stem.of(part);
                if (!Lexicon.stop(part) && part.length() > 2) {
                    Lexicon.things(partStem).forEach(t -> put(t, SYNONYM * factor, token.span()));
                }
            }
        }
    }

    private void all(List<String> things, double strength, Span span) {
        things.forEach(thing -> put(thing, strength, span));
    }

    Set<String> things() {
        return found.keySet();
    }

    Set<String> beginnings() {
        return beginnings.keySet();
    }

    /// The proper name that was given, if one was.
    @Nullable Span name() {
        return name;
    }

    /// The identifier that was given, if one was.
    @Nullable Span identifier() {
        return identifier;
    }

    private void put(String thing, double strength, Span span) {
        if (thing.length() >= BEGINNING) {
            beginnings.merge(
                    thing.substring(0, BEGINNING),
                    new Mention(strength * SYNONYM, span),
                    (a, b) -> b.strength() > a.strength() ? b : a);
        }
        found.merge(
                thing, new Mention(strength, span), (a, b) -> b.strength() > a.strength() ? b : a);
    }
}
