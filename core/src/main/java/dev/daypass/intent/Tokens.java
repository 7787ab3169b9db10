package dev.daypass.intent;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into sentences, words and literals, and tells which stand in quotes.
final class Tokens {
    private static final Pattern LITERAL =
            Pattern.compile(
                    """
                    (?<url>(?:https?|ftp|file)://[^\\s<>"']++|www\\.[^\\s<>"']++)\
                    |(?<email>[\\p{Alnum}][\\p{Alnum}._%+-]*+@[\\p{Alnum}](?:[\\p{Alnum}.-]*[\\p{Alnum}])?)\
                    |(?<slug>(?<![\\p{Alnum}/.])[\\p{Alnum}][\\p{Alnum}_-]{1,40}/[\\p{Alnum}][\\p{Alnum}_.-]{1,40}(?:#\\d+)?(?![\\p{Alnum}/]))\
                    |(?<handle>(?<![\\p{Alnum}])[@#][\\p{Alpha}][\\p{Alnum}_.-]*+)\
                    |(?<path>(?<![\\p{Alnum}])[~.]?/[\\p{Alnum}_.-]++(?:/[\\p{Alnum}_.-]*+){0,40}+)\
                    |(?<date>\\d{4}-\\d{2}-\\d{2}(?![\\p{Alnum}-])|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}(?!\\p{Alnum})\
                    |(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s\\d{4})?\
                    |\\d{1,2}(?:st|nd|rd|th)?(?:\\sof)?\\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:,?\\s\\d{4})?)(?!\\p{Alnum}))\
                    |(?<time>\\d{1,2}:\\d{2}(?:\\s?[ap]m)?|\\d{1,2}\\s?[ap]m(?!\\p{Alnum}))\
                    |(?<amount>[$€£¥]\\s?\\d[\\d,]*+(?:\\.\\d+)?[km]?|\\d[\\d,]*+(?:\\.\\d+)?\\s?(?:€|£|\\$|usd|eur|euros?|dollars?|gbp|pounds?|chf|bucks|quid|francs|rmb|yen)(?!\\p{Alnum}))\
                    |(?<file>[\\p{Alnum}_][\\p{Alnum}_-]*+(?:\\.[\\p{Alnum}_-]++){0,8}?\\.(?:docx?|xlsx?|pptx?|pdf|txt|csv|md|json|ya?ml|zip|tar|gz|png|jpe?g|gif|svg|log|html?|py|java|js|ts|sh|conf|cfg|ini|xml|mp[34]|mov|wav|ics|eml|odt|ods|rtf|key|numbers|pages)(?![\\p{Alnum}_]))\
                    """,
                    Pattern.CASE_INSENSITIVE);

    private final String text;
    private final BitSet quoted;
    private final java.util.function.UnaryOperator<String> spelt;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Span> sentences = new ArrayList<>();
    private int sentence;
    private int sentenceStart;

    private Tokens(String text, java.util.function.UnaryOperator<String> spelt) {
        this.text = text;
        this.spelt = spelt;
        this.quoted = Quotes.in(text);
    }

    /// @param tokens in order
    /// @param sentences where each stands
    record Cut(List<Token> tokens, List<Span> sentences) {}

    /// @param spelt the stem that an unknown one stands for
    static Cut of(String text, java.util.function.UnaryOperator<String> spelt) {
        var cut = new Tokens(text, spelt);
        cut.run();
        return new Cut(List.copyOf(cut.tokens), List.copyOf(cut.sentences));
    }

    private void run() {
        Matcher literal = LITERAL.matcher(text).useTransparentBounds(true);
        int at = 0;
        while (at < text.length()) {
            boolean found = mayBegin(at) && literal.region(at, text.length()).lookingAt();
            at = found ? literal(literal) : other(at);
        }
        endSentence(text.length());
    }

    // A look at the first character saves most of the long pattern's tries.
    private boolean mayBegin(int at) {
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c) || "@#~./_$€£¥".indexOf(c) >= 0;
    }

    private int literal(Matcher found) {
        int end = found.end();
        // A full stop or a comma that ends the sentence is not part of an address.
        while (end > found.start() + 1 && ".,;:!?)".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        add(kind(found), found.start(), end);
        return end;
    }

    private static Token.Kind kind(Matcher found) {
        if (found.group("slug") != null) {
            String[] parts = found.group("slug").split("/");
            boolean words = Lexicon.known(Stem.of(parts[0])) && Lexicon.known(Stem.of(parts[1]));
            return words || parts[0].equalsIgnoreCase("and")
                    ? Token.Kind.MARK
                    : Token.Kind.IDENTIFIER;
        }
        for (String name : List.of("url", "email", "handle", "path", "date", "time", "amount")) {
            if (found.group(name) != null) {
                return Token.Kind.valueOf(name.toUpperCase(Locale.ROOT));
            }
        }
        return Token.Kind.FILE;
    }

    private int other(int at) {
        char c = text.charAt(at);
        if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
            int end = at + 1;
            while (end < text.length() && inside(end)) {
                end++;
            }
            add(wordKind(text.substring(at, end)), at, end);
            return end;
        }
        if (ends(at)) {
            endSentence(at + 1);
        } else if (",:()[]{}<>|=–—;".indexOf(c) >= 0 || dash(at)) {
            add(Token.Kind.MARK, at, at + 1);
        }
        return at + 1;
    }

    private boolean dash(int at) {
        return text.charAt(at) == '-'
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private boolean inside(int at) {
        char c = text.charAt(at);
        if (Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || (Character.getType(c) == Character.NON_SPACING_MARK && c != '\uFE0F')) {
            return true;
        }
        return "-_.'’".indexOf(c) >= 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1))
                && !(c == '.' && Character.isUpperCase(text.charAt(at + 1)) && longWord(at));
    }

    // `the end.Then` lacks a space; `e.g` and `v1.2` do not.
    private boolean longWord(int at) {
        return at >= 3 && text.substring(at - 3, at).chars().allMatch(Character::isLetter);
    }

    private static Token.Kind wordKind(String word) {
        boolean digit = word.chars().anyMatch(Character::isDigit);
        if (!digit) {
            return Token.Kind.WORD;
        }
        boolean letter = word.chars().anyMatch(Character::isLetter);
        return letter || word.indexOf('-') > 0 ? Token.Kind.IDENTIFIER : Token.Kind.NUMBER;
    }

    private boolean ends(int at) {
        char c = text.charAt(at);
        if (quoted.get(at) && c != '\n') {
            return false;
        }
        if (c == '\n' || c == '?' || c == '!' || c == ';' || c == '。' || c == '•') {
            return true;
        }
        return c == '.'
                && (at + 1 == text.length()
                        || !Character.isLetterOrDigit(text.charAt(at + 1))
                        || longWord(at));
    }

    private void endSentence(int end) {
        if (!tokens.isEmpty() && tokens.getLast().sentence() == sentence) {
            sentences.add(new Span(sentenceStart, end));
            sentence++;
        }
        sentenceStart = end;
    }

    // What begins with a capital inside a sentence is a name, and names are spelt as they like.
    private String stem(String bare, String written, int start) {
        String stem = Stem.of(bare);
        boolean name = Character.isUpperCase(written.charAt(0)) && start > sentenceStart + 1;
        return name ? stem : spelt.apply(Spelling.of(stem));
    }

    private void add(Token.Kind kind, int start, int end) {
        String written = text.substring(start, end);
        String lower =
                Normalizer.normalize(written, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replace('’', '\'');
        String bare = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
        tokens.add(
                new Token(
                        written,
                        lower,
                        kind == Token.Kind.WORD ? stem(bare, written, start) : bare,
                        new Span(start, end),
                        kind,
                        sentence,
                        quoted.get(start)));
    }
}
