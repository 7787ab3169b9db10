package dev.daypass.intent;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what a text only cites: quotations, code, tags, pasted mails. Such words name things; they
/// never ask for anything.
final class Quotes {
    private static final Pattern PASTED =
            Pattern.compile(
                    """
                    (?im)^\\s*(?:-{2,}\\s*(?:original|forwarded|begin)|begin forwarded|from:\\s*\\S|sent:\\s|subject:\\s|on .{4,60} wrote:)\
                    """);
    private static final Pattern CITED_LINE = Pattern.compile("(?m)^\\s*(?:>|\\||//|\\$\\s).*$");
    // What follows a query string on its line may as well be part of it.
    private static final Pattern QUERY =
            Pattern.compile("(?m)(?:https?://|www\\.)\\S*[?&]\\S*=.*$");
    // Words of somebody else, up to the end of their sentence.
    private static final Pattern REPORTED =
            Pattern.compile(
                    "(?i)\\b(?:said|says|wrote|writes|stated|replied|words (?:were|are))\\s*[:,][^.!?\\n]*");
    // What a machine's file would say to a machine: `run: …`, `- name: …`, `INSERT …;`, `[…](url)`.
    private static final Pattern MACHINE =
            Pattern.compile(
                    "(?m)^[ \\t]*(?:-[ \\t]+)?(?:name|run|cmd|command|exec|execute|script|tool|call|function|method|op|operation|args?|prompt|steps?|jobs?|uses|with)[ \\t]*[:=][ \\t].*$"
                            + "|^[ \\t]*(?:SELECT|INSERT|UPDATE|DELETE|DROP|EXEC)\\b.*;.*$"
                            + "|\\[[^\\]\\n]{1,200}\\]\\([^)\\s]{1,200}\\)"
                            + "|^[ \\t]*\\{[^{}\\n]{0,400}\\}.*$");
    // An element with all that it holds.
    private static final Pattern ELEMENT =
            Pattern.compile(
                    "<([A-Za-z][\\w-]{0,40})(?:\\s[^<>]{0,200})?>.{0,2000}?</\\1>", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("```|~~~|\"\"\"|'''");
    private static final String OPEN = "\"“„«‹`「『‘";
    private static final String CLOSE = "\"”“»›`」』’";

    private Quotes() {}

    static BitSet in(String text) {
        var out = new BitSet(text.length());
        // Marks pair the same way here and where signs are looked for.
        fences(text, out);
        marks(text, out);
        Matcher pasted = PASTED.matcher(text);
        if (pasted.find()) {
            out.set(pasted.start(), text.length());
        }
        for (Pattern cited : List.of(CITED_LINE, QUERY, REPORTED, MACHINE, ELEMENT)) {
            Matcher lines = cited.matcher(text);
            while (lines.find()) {
                out.set(lines.start(), Math.max(lines.start() + 1, lines.end()));
            }
        }
        braces(text, out);
        return out;
    }

    /// The text with blanks in place of what it cites in quotation marks.
    static String masked(String text) {
        var cited = new BitSet(text.length());
        fences(text, cited);
        marks(text, cited);
        var out = new StringBuilder(text);
        cited.stream()
                .filter(i -> i < text.length() && text.charAt(i) != '\n')
                .forEach(i -> out.setCharAt(i, ' '));
        return out.toString();
    }

    // An open fence reaches to the end: what is not closed is not trusted.
    private static void fences(String text, BitSet out) {
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            int end = text.indexOf(fence.group(), fence.end());
            out.set(fence.start(), end < 0 ? text.length() : end + 3);
            if (end < 0 || !fence.find(end)) {
                return;
            }
        }
    }

    private static void marks(String text, BitSet out) {
        for (int at = 0; at < text.length(); at++) {
            if (out.get(at)) {
                continue;
            }
            int end = -1;
            char c = text.charAt(at);
            int kind = OPEN.indexOf(c);
            if (kind >= 0 && c != '‘') {
                end = text.indexOf(CLOSE.charAt(kind), at + 1);
                if (end < 0 && c == '“') {
                    end = text.indexOf('"', at + 1);
                }
                end = end < 0 ? paragraphEnd(text, at) : end;
            } else if ((c == '\'' || c == '‘') && opens(text, at)) {
                end = closing(text, at, c == '‘' ? '’' : '\'');
            }
            if (end > at) {
                out.set(at, end + 1);
                at = end;
            }
        }
    }

    private static int paragraphEnd(String text, int at) {
        int end = text.indexOf('\n', at);
        return (end < 0 ? text.length() : end) - 1;
    }

    // An apostrophe opens a quotation only where a word begins.
    private static boolean opens(String text, int at) {
        boolean before = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
        return before && at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
    }

    private static int closing(String text, int at, char mark) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == mark
                    && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)))) {
                return i;
            }
        }
        return -1;
    }

    // JSON, YAML flow and templates: what stands in braces or tags is data.
    private static void braces(String text, BitSet out) {
        pairs(text, '{', '}', out);
        pairs(text, '<', '>', out);
    }

    private static void pairs(String text, char open, char close, BitSet out) {
        int at = text.indexOf(open);
        while (at >= 0) {
            int depth = 0;
            int end = at;
            for (; end < text.length(); end++) {
                char c = text.charAt(end);
                depth += c == open ? 1 : c == close ? -1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            if (open == '<' && end == text.length()) {
                return; // a plain "less than"
            }
            out.set(at, Math.min(text.length(), end + 1));
            at = end < text.length() ? text.indexOf(open, end + 1) : -1;
        }
    }
}
