package dev.daypass.policy;

import dev.cel.common.CelIssue;
import dev.daypass.wire.WireException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells an operator what CEL's front end found, in the words of rule files.
final class Complaint {
    private static final Pattern FIELD = Pattern.compile("undefined field '(.*)'");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '(.*)' \\(in .*");
    private static final Pattern TYPE = Pattern.compile("expected type 'bool' but found '(.*)'");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '(.*)' applied to '(.*)' \\(cand.*");
    private static final Pattern INPUT =
            Pattern.compile("(?:mismatched|extraneous) input '(.*)' expecting .*", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing '(.*)' at '(.*)'");
    private static final Pattern NUMBER = Pattern.compile("For input string: \"(.*)\"");
    private static final Pattern TOKEN =
            Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);

    private static final String FUNCTIONS =
            "size, contains, startsWith, endsWith, matches, in, has, all, exists, exists_one, filter, map, "
                    + "duration, timestamp, getHours and the like, int, uint, double, string, bool";
    private static final Map<String, String> OPERATORS =
            Map.of(
                    "@in",
                    "in",
                    RangeCalls.NAME,
                    "in",
                    "_[_]",
                    "[]",
                    "_?_:_",
                    "? :",
                    "-_",
                    "-",
                    "!_",
                    "!");
    private static final int SHOWN_CHARS_MAX = 40;

    private final ConditionText condition;
    private final String text;
    private final int offset;

    private Complaint(ConditionText condition, int offset) {
        this.condition = condition;
        this.text = condition.text();
        this.offset = offset;
    }

    /// The error for one issue.
    static WireException of(CelIssue issue, ConditionText condition) {
        var at = issue.getSourceLocation();
        var complaint =
                new Complaint(condition, offset(condition.text(), at.getLine(), at.getColumn()));
        return complaint.error(issue.getMessage());
    }

    private WireException error(String message) {
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            return unknownField(field.group(1));
        }
        Matcher name = NAME.matcher(message);
        if (name.matches()) {
            return unknownName(name.group(1));
        }
        Matcher type = TYPE.matcher(message);
        if (type.matches()) {
            return condition.error(
                    0,
                    "the condition is of type %s; expected bool".formatted(plain(type.group(1))));
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return condition.error(
                    offset,
                    "`%s` does not apply to %s"
                            .formatted(operator(overload.group(1)), plain(overload.group(2))));
        }
        return condition.error(offset, syntax(message));
    }

    private WireException unknownField(String name) {
        int dot = chars(offset);
        String word = wordBefore(dot);
        int at = dot < text.length() && text.charAt(dot) == '.' ? offset + 1 : offset;
        return condition.error(
                at,
                "unknown field `%s` of `%s`; known: %s"
                        .formatted(name, word, Vocabulary.fields(word)));
    }

    private WireException unknownName(String name) {
        int end = chars(offset);
        boolean function = end < text.length() && text.charAt(end) == '(';
        if (!function) {
            return condition.error(
                    offset,
                    "unknown name `%s`; known: %s"
                            .formatted(name, String.join(", ", Vocabulary.VARIABLES.keySet())));
        }
        boolean named = text.startsWith(name, end - name.length());
        return condition.error(
                named ? offset - name.codePointCount(0, name.length()) : offset,
                "unknown function `%s`, or wrong arguments; known: %s".formatted(name, FUNCTIONS));
    }

    private static String syntax(String message) {
        Matcher input = INPUT.matcher(message);
        if (input.matches()) {
            return "unexpected " + token(input.group(1));
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return "missing `%s` before %s".formatted(missing.group(1), token(missing.group(2)));
        }
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            return "unexpected " + token(token.group(1));
        }
        Matcher number = NUMBER.matcher(message);
        if (number.matches()) {
            return "number `%s` is out of range".formatted(number.group(1));
        }
        if (message.contains("recursion limit")) {
            return "the condition nests deeper than %d levels".formatted(RuleCompiler.DEPTH_MAX);
        }
        if (message.contains("node limit")) {
            return "the condition has more than %d parts".formatted(RuleCompiler.NODES_MAX);
        }
        String plain = plain(message).replace('\'', '`').strip();
        return plain.isEmpty()
                ? "the condition is not right"
                : Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
    }

    private static String token(String text) {
        if (text.equals("<EOF>")) {
            return "end of the condition";
        }
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return "`%s`"
                .formatted(
                        line.length() <= SHOWN_CHARS_MAX
                                ? line
                                : line.substring(0, SHOWN_CHARS_MAX) + "…");
    }

    private static String operator(String name) {
        String known = OPERATORS.get(name);
        return known != null ? known : name.replaceAll("^_(\\W+)_$", "$1");
    }

    private static String plain(String types) {
        return types.replace("google.protobuf.Duration", "duration")
                .replace("google.protobuf.Timestamp", "timestamp");
    }

    private String wordBefore(int end) {
        int start = end;
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private int chars(int codePoints) {
        int all = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.min(codePoints, all));
    }

    // Lines count from 1, columns from 0, in code points.
    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return Math.max(0, text.codePointCount(0, start) + column);
    }
}
