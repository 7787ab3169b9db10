package dev.daypass.intent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A task as it is understood without looking at any catalog: what it asks to be done, the things
/// it mentions, the values it gives, and the parts of it that do not count.
final class Reading {
    private static final Set<String> NEGATING =
            Set.of(
                    "not",
                    "don't",
                    "dont",
                    "never",
                    "without",
                    "doesn't",
                    "didn't",
                    "cannot",
                    "can't",
                    "cant",
                    "avoid",
                    "refrain",
                    "shouldn't",
                    "mustn't",
                    "won't",
                    "nor",
                    "no",
                    "do'nt",
                    "rather",
                    "instead",
                    "neither");
    private static final Set<String> REALLY =
            Set.of("forget", "hesitate", "fail", "miss", "worry", "mind");
    private static final Set<String> CONTRAST =
            Set.of("but", "just", "only", "please", "then", "instead", "so");
    private static final Set<String> NOTHING = Set.of("nothing", "none", "no");
    private static final Set<String> ANY =
            Set.of(
                    "anything",
                    "nothing",
                    "any",
                    "anyone",
                    "anybody",
                    "everything",
                    "yet",
                    "all",
                    "it",
                    "them",
                    "that",
                    "else",
                    "stuff",
                    "things");
    private static final Set<String> PREPOSITIONS =
            Set.of(
                    "for",
                    "with",
                    "from",
                    "on",
                    "at",
                    "by",
                    "about",
                    "based",
                    "using",
                    "into",
                    "via",
                    "in",
                    "to",
                    "of",
                    "where",
                    "which",
                    "who",
                    "titled",
                    "named",
                    "called",
                    "when",
                    "if",
                    "because",
                    "since",
                    "containing",
                    "including",
                    "according",
                    "regarding",
                    "as",
                    "so");

    private final String text;
    private final List<Token> tokens;
    private final List<Span> sentences;
    private final List<Notice> notices = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Set<String> forbidden = new HashSet<>();
    private final int cutFrom;
    private final boolean doubted;

    private Reading(String text, Catalog catalog) {
        Tokens.Cut cut = Tokens.of(text, catalog::spelt);
        this.text = text;
        this.sentences = cut.sentences();
        List<Notice> instructions =
                new ArrayList<>(Instructions.in(text, Quotes.masked(text), sentences));
        instructions.addAll(Script.strange(text, cut.tokens(), sentences));
        this.cutFrom =
                instructions.stream().mapToInt(n -> n.span().start()).min().orElse(text.length());
        this.doubted = !instructions.isEmpty();
        this.notices.addAll(instructions);
        this.tokens = cut.tokens().stream().filter(t -> t.span().start() < cutFrom).toList();
        readActions();
    }

    /// @param catalog whose names misspelt words may stand for
    static Reading of(Task task, Catalog catalog) {
        return new Reading(task.text(), catalog);
    }

    String text() {
        return text;
    }

    /// The tokens that count.
    List<Token> tokens() {
        return tokens;
    }

    List<Action> actions() {
        return actions;
    }

    List<Notice> notices() {
        return notices;
    }

    /// Where the part that does not count begins; the text's length if all counts.
    int cutFrom() {
        return cutFrom;
    }

    /// Whether the text tries to instruct the system somewhere.
    boolean doubted() {
        return doubted;
    }

    /// Whether the task says that this kind of thing is not to be done at all.
    boolean forbids(Shape shape) {
        return shape.groups().stream().anyMatch(forbidden::contains);
    }

    /// A span with words that are not merely cited: itself, or widened to the start of its
    /// sentence.
    Span spoken(Span span) {
        boolean cited =
                tokens.stream()
                        .filter(t -> t.span().start() < span.end() && span.start() < t.span().end())
                        .allMatch(Token::quoted);
        if (!cited) {
            return span;
        }
        return sentences.stream()
                .filter(s -> s.start() <= span.start() && span.start() < s.end())
                .findFirst()
                .map(s -> new Span(firstWord(s), span.end()))
                .orElse(span);
    }

    private int firstWord(Span sentence) {
        return tokens.stream()
                .mapToInt(t -> t.span().start())
                .filter(start -> start >= sentence.start())
                .findFirst()
                .orElse(sentence.start());
    }

    private void readActions() {
        @Nullable Action last = null;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (!token.speaks()) {
                continue;
            }
            Set<String> groups = groups(at);
            if (groups.isEmpty() || !Verbal.asks(tokens, at)) {
                continue;
            }
            boolean negated = negated(at, last);
            List<Token> scope = scope(at);
            var action =
                    new Action(
                            token.span(),
                            token.stem(),
                            groups,
                            scope,
                            objects(scope),
                            token.sentence(),
                            negated || nothing(scope));
            if (action.negated() && universal(scope)) {
                forbidden.addAll(groups);
            }
            actions.add(action);
            last = action;
        }
        forbidden.remove(Lexicon.LOOK);
        if (readOnly()) {
            Verbs.TABLE.lines().forEach(line -> forbidden.add(line.split("\\|")[0].strip()));
            forbidden.remove(Lexicon.LOOK);
        }
    }

    private static final java.util.regex.Pattern READ_ONLY =
            java.util.regex.Pattern.compile(
                    """
                    \\bread[- ]only\\b|\\b(?:only|just) (?:look|looking|read|reading|check|checking|browse|browsing|want to (?:look|see|know|read|check))\\b(?!.*\\b(?:then|and then)\\b)\
                    |\\b(?:no|without(?: making)?(?: any)?|don'?t make(?: any)?|do not make(?: any)?) changes?\\b\
                    |\\b(?:don'?t|do not|without|never|not) (?:chang|touch|modify|alter|edit)\\w* (?:anything|a thing|any of|it|them|stuff|nothing)\\b|\\blook,? (?:but )?don'?t touch\\b|\\bhands off\\b|\\btouch nothing\\b|\\bchange nothing\\b\
                    """
                            .strip(),
                    java.util.regex.Pattern.CASE_INSENSITIVE);

    private boolean readOnly() {
        return READ_ONLY.matcher(text.substring(0, cutFrom)).find();
    }

    /// The kinds of action that the words from here on stand for.
    private Set<String> groups(int at) {
        Token token = tokens.get(at);
        var out = new LinkedHashSet<>(Lexicon.groups(token.stem()));
        for (Lexicon.Phrase phrase : Lexicon.phrases(token.stem())) {
            if (follows(phrase.rest(), at)) {
                out.addAll(phrase.groups());
            }
        }
        // Who asks to be given or told something asks to see it.
        if (TO_ASKER.contains(token.lower())
                && at + 1 < tokens.size()
                && Set.of("me", "us").contains(tokens.get(at + 1).lower())) {
            return Set.of(Lexicon.LOOK);
        }
        if (token.lower().equals("remind")
                && at + 1 < tokens.size()
                && Set.of("me", "us").contains(tokens.get(at + 1).lower())) {
            return Set.of("create", "add");
        }
        out.addAll(light(at));
        return out;
    }

    // `make a reservation` is to reserve, `add an event` to create one.
    private Set<String> light(int at) {
        var out = new LinkedHashSet<String>();
        String verb = tokens.get(at).lower();
        if (LIGHT.contains(verb)) {
            for (int i = at + 1; i < tokens.size() && i < at + 5 && same(i, at); i++) {
                Token token = tokens.get(i);
                if (token.is(Token.Kind.MARK) || PREPOSITIONS.contains(token.lower())) {
                    break;
                }
                out.addAll(Kinds.ofThing(token.stem()));
                if (PUTTING.contains(verb)) {
                    out.removeAll(SENDING);
                }
            }
        }
        boolean indefinite =
                at + 1 < tokens.size()
                        && Set.of("a", "an", "another", "new").contains(tokens.get(at + 1).lower());
        if (indefinite && ADDING.contains(verb) || verb.equals("add")) {
            out.add("create");
        }
        return out;
    }

    private static final Set<String> LIGHT =
            Set.of(
                    "make", "do", "place", "put", "set", "submit", "get", "file", "issue", "give",
                    "create", "add", "arrange", "send");
    private static final Set<String> PUTTING = Set.of("add", "put", "set", "get");
    private static final Set<String> SENDING = Set.of("send", "notify", "publish");
    private static final Set<String> ADDING =
            Set.of(
                    "add",
                    "put",
                    "set",
                    "place",
                    "open",
                    "start",
                    "book",
                    "schedule",
                    "log",
                    "enter",
                    "need",
                    "want");
    private static final Set<String> TO_ASKER =
            Set.of(
                    "give", "tell", "show", "let", "inform", "bring", "get", "read", "find",
                    "fetch", "hand");

    private boolean follows(List<String> rest, int at) {
        int from = at + 1;
        for (String stem : rest) {
            int found = -1;
            for (int i = from; i < tokens.size() && i < from + 4 && same(i, at); i++) {
                if (tokens.get(i).stem().equals(stem)) {
                    found = i;
                    break;
                }
            }
            if (found < 0) {
                return false;
            }
            from = found + 1;
        }
        return true;
    }

    private boolean same(int i, int at) {
        return tokens.get(i).sentence() == tokens.get(at).sentence();
    }

    private boolean negated(int at, @Nullable Action last) {
        for (int i = at - 1; i >= 0 && i >= at - 5 && same(i, at); i--) {
            Token token = tokens.get(i);
            String lower = token.lower();
            if (REALLY.contains(lower) || token.is(Token.Kind.MARK) || CONTRAST.contains(lower)) {
                return false;
            }
            if (NEGATING.contains(lower)) {
                return true;
            }
            if (last != null && token.span().equals(last.span())) {
                return last.negated() && joined(i, at);
            }
        }
        return false;
    }

    // `don't delete or send anything`
    private boolean joined(int from, int at) {
        for (int i = from + 1; i < at; i++) {
            String lower = tokens.get(i).lower();
            if (lower.equals("or") || lower.equals("nor") || lower.equals("and")) {
                return true;
            }
        }
        return false;
    }

    private static boolean nothing(List<Token> scope) {
        return !scope.isEmpty() && NOTHING.contains(scope.getFirst().lower());
    }

    private static boolean universal(List<Token> scope) {
        return scope.isEmpty() || scope.stream().limit(2).anyMatch(t -> ANY.contains(t.lower()));
    }

    /// What belongs to an action: up to the next word that asks, or the sentence's end.
    private List<Token> scope(int at) {
        var out = new ArrayList<Token>();
        for (int i = at + 1; i < tokens.size() && same(i, at); i++) {
            Token token = tokens.get(i);
            boolean next =
                    token.speaks()
                            && !groups(i).isEmpty()
                            && Verbal.asks(tokens, i)
                            && clauseBefore(i);
            if (next) {
                break;
            }
            out.add(token);
        }
        return out;
    }

    private boolean clauseBefore(int i) {
        Token before = tokens.get(i - 1);
        return before.is(Token.Kind.MARK)
                || Set.of(
                                "and", "then", "or", "but", "also", "please", "to", "you", "not",
                                "just", "now", "so", "finally")
                        .contains(before.lower());
    }

    private static List<Token> objects(List<Token> scope) {
        var out = new ArrayList<Token>();
        for (Token token : scope) {
            if (token.is(Token.Kind.MARK) || PREPOSITIONS.contains(token.lower())) {
                if (!out.isEmpty()) {
                    break;
                }
            } else {
                out.add(token);
            }
        }
        return out;
    }
}
