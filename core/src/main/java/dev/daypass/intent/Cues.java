package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import java.util.List;
import java.util.Set;

/// What in a task suggests how to look: by title, by identifier, or through a list.
final class Cues {
    private static final Set<String> ALL_WORDS =
            Lexicon.words(
                    "all every each list many largest smallest biggest longest which overview latest newest oldest any most ids names everything exist there");
    // A quotation without white space, or `owner/name`, is an identifier as good as any.
    private static final java.util.regex.Pattern SLUG =
            java.util.regex.Pattern.compile(
                    "['\"`][\\w./-]{3,40}['\"`]|(?<![\\w/.])[\\w-]{2,40}/[\\w-]{2,40}(?![\\w/])");
    private static final java.util.regex.Pattern YEAR =
            java.util.regex.Pattern.compile("(?:19|20)\\d\\d");
    private final Reading reading;
    private final boolean named;
    private final boolean numbered;
    private final boolean identified;
    private final boolean counted;
    private final boolean people;

    Cues(Reading reading) {
        this.reading = reading;
        this.named =
                reading.tokens().stream().anyMatch(t -> t.quoted() || t.is(Token.Kind.FILE))
                        || proper();
        this.numbered =
                reading.tokens().stream()
                        .anyMatch(t ->
                                t.is(Token.Kind.IDENTIFIER)
                                        || (t.is(Token.Kind.NUMBER)
                                                && t.text().length() >= 3
                                                && !YEAR.matcher(t.text()).matches()));
        this.identified = numbered || SLUG.matcher(reading.counted()).find();
        this.counted = reading.tokens().stream().anyMatch(t -> ALL_WORDS.contains(t.lower()));
        this.people =
                reading.tokens().stream()
                        .anyMatch(t -> t.is(Token.Kind.EMAIL) || t.is(Token.Kind.HANDLE));
    }

    private boolean proper() {
        List<Token> tokens = reading.tokens();
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.capital()
                    && token.sentence() == tokens.get(i - 1).sentence()
                    && !Lexicon.known(token.stem())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the task's words suit the way in which an operation looks.
    double of(Shape shape) {
        double cue = 0;
        if (shape.searches()) {
            cue += named ? 0.15 : -0.15;
        }
        if (shape.describes() && detailed()) {
            cue += 0.05;
        }
        if (shape.lists()) {
            cue += counted ? 0.1 : -0.1;
        }
        if (byGivenId(shape) && !numbered) {
            cue -= 0.5;
        }
        cue += 0.03 * (shape.concepts().size() - 1);
        boolean byId = shape.needs().stream().anyMatch(n -> n.kind() == Shape.Need.Kind.IDENTIFIER);
        if (byId) {
            cue += identified ? 0.1 : -0.1;
        }
        return cue;
    }

    // `get_file_by_id` is for who has an id.
    static boolean byGivenId(Shape shape) {
        List<String> words = NameWords.split(shape.operation().id().name());
        int at = words.indexOf("by");
        return at >= 0
                && at + 1 < words.size()
                && Set.of("id", "ids", "number", "key", "uuid").contains(words.getLast());
    }

    boolean quoted() {
        return reading.tokens().stream().anyMatch(Token::quoted);
    }

    /// Whether the task wants to know what a thing is like, not only which there are.
    boolean detailed() {
        return reading.tokens().stream().anyMatch(t -> t.speaks() && DETAIL.contains(t.stem()));
    }

    private static final Set<String> DETAIL =
            Lexicon.stems(
                    """
                    detail details information info about describe description read open summarize summarise summary summarizing say says content contents
                    tell check birthday birthdate born age old older younger founded headquarter headquarters homepage website genre runtime duration length
                    size colour color revenue plot overview total created create produced produce start started begin ended country language phone
                    number address email state status body text inside where mean latest newest last known earlier\
                    """);

    boolean numbered() {
        return numbered;
    }

    boolean identified() {
        return identified;
    }

    boolean named() {
        return named;
    }

    /// People are found by what the task says of them: a name, or an address.
    double ofPerson(Shape shape, Shape.Need need) {
        if (need.kind() != Shape.Need.Kind.PERSON) {
            return 0;
        }
        boolean byAddress =
                shape.concepts().containsKey("email") || shape.concepts().containsKey("phon");
        return byAddress == people ? 0 : byAddress ? -0.6 : 0;
    }

    /// Whether the task itself gives what an argument names.
    boolean gives(Shape.Need need) {
        return switch (need.kind()) {
            case IDENTIFIER -> identified;
            case NAME -> named;
            case PERSON -> people;
        };
    }
}
