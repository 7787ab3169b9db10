package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The values that a task gives, and the arguments they bind.
final class Values {
    private static final Set<String> ALL_WORDS =
            Lexicon.words("all every each list many largest smallest biggest longest which overview latest newest oldest any most");
    // A quotation without white space, or `owner/name`, is an identifier as good as any.
    private static final java.util.regex.Pattern SLUG =
            java.util.regex.Pattern.compile("['\"`][\\w./-]{3,40}['\"`]|(?<![\\w/.])[\\w-]{2,40}/[\\w-]{2,40}(?![\\w/])");
    private final Reading reading;
    private final Arguments arguments;
    private final boolean named;
    private final boolean identified;
    private final boolean counted;
    private final boolean people;

    Values(Task task, Reading reading) {
        this.reading = reading;
        this.arguments = new Arguments(task, Word.of(task.text()));
        this.named = reading.tokens().stream().anyMatch(t -> t.quoted() || t.is(Token.Kind.FILE)) || proper();
        this.identified =
                reading.tokens().stream()
                        .anyMatch(t -> t.is(Token.Kind.IDENTIFIER) || t.is(Token.Kind.NUMBER) && t.text().length() >= 3)
                        || SLUG.matcher(task.text()).find();
        this.counted = reading.tokens().stream().anyMatch(t -> ALL_WORDS.contains(t.lower()));
        this.people = reading.tokens().stream().anyMatch(t -> t.is(Token.Kind.EMAIL) || t.is(Token.Kind.HANDLE));
    }

    private boolean proper() {
        List<Token> tokens = reading.tokens();
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.capital() && token.sentence() == tokens.get(i - 1).sentence() && !Lexicon.known(token.stem())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the task's words suit the way in which an operation looks.
    double cue(Shape shape) {
        double cue = 0;
        if (shape.searches()) {
            cue += named ? 0.15 : 0.05;
        }
        if (shape.lists()) {
            cue += counted ? 0.1 : -0.1;
        }
        if (byGivenId(shape) && !identified) {
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
        List<String> words = Names.words(shape.operation().id().name());
        int at = words.indexOf("by");
        return at >= 0 && at + 1 < words.size() && Set.of("id", "ids", "number", "key", "uuid").contains(words.getLast());
    }

    boolean identified() {
        return identified;
    }

    boolean counted() {
        return counted;
    }

    boolean named() {
        return named;
    }

    /// People are found by what the task says of them: a name, or an address.
    double personCue(Shape shape, Shape.Need need) {
        if (need.kind() != Shape.Need.Kind.PERSON) {
            return 0;
        }
        boolean byAddress = shape.concepts().containsKey("email") || shape.concepts().containsKey("phon");
        return byAddress == people ? 0 : byAddress ? -0.6 : 0;
    }

    /// Whether the task itself gives what an argument names.
    boolean gives(Shape.Need need, Match match) {
        return switch (need.kind()) {
            case IDENTIFIER -> identified;
            case NAME -> named;
            case PERSON -> people;
        };
    }

    Map<String, Constraint> bounds(Match match) {
        var out = new HashMap<String, Constraint>();
        for (Parameter parameter : match.shape().operation().parameters()) {
            arguments
                    .mentioned(parameter)
                    .ifPresent(m -> out.put(parameter.slot(), new Constraint.OneOf(m.values())));
        }
        return out;
    }
}
