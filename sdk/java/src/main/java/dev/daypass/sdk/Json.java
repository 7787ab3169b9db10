package dev.daypass.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON (RFC 8259), as far as the API needs it: a `null` member is as if it were
/// not there, numbers are `Long` or `Double`. Nothing of it is public, so nobody depends on it.
final class Json {
    private static final int DEPTH_MAX = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// What cannot be read.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String what, int at) {
            super("%s at character %d".formatted(what, at));
        }
    }

    /// The object that a text is, if it is one.
    static Optional<Map<String, Object>> object(String text) {
        try {
            var reader = new Json(text);
            Object value = reader.value(0);
            reader.space();
            if (reader.at < text.length()) {
                throw reader.malformed("something after the end");
            }
            return value instanceof Map<?, ?> map ? Optional.of(members(map)) : Optional.empty();
        } catch (Malformed _unreadable) {
            return Optional.empty();
        }
    }

    /// The members of what is an object, or none.
    static Map<String, Object> members(@Nullable Object value) {
        var out = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> out.put(String.valueOf(name), member));
        }
        return Collections.unmodifiableMap(out);
    }

    /// The objects of what is a list of them, or none.
    static List<Map<String, Object>> objects(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Json::members).toList()
                : List.of();
    }

    private @Nullable Object value(int depth) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw malformed("too deep");
        }
        space();
        return switch (at < text.length() ? text.charAt(at) : '\0') {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> map(int depth) throws Malformed {
        var out = new LinkedHashMap<String, Object>();
        at++;
        for (boolean first = true; more('}', first); first = false) {
            space();
            String name = string();
            space();
            expect(':');
            Object value = value(depth + 1);
            if (value != null) {
                out.put(name, value);
            }
        }
        return out;
    }

    private List<Object> list(int depth) throws Malformed {
        var out = new ArrayList<Object>();
        at++;
        for (boolean first = true; more(']', first); first = false) {
            Object value = value(depth + 1);
            if (value != null) {
                out.add(value);
            }
        }
        return out;
    }

    /// Whether another element comes; past what parts them, or past the end.
    private boolean more(char end, boolean first) throws Malformed {
        space();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private String string() throws Malformed {
        expect('"');
        var out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw malformed("a control character");
            }
            out.append(next == '\\' ? escaped() : next);
        }
        expect('"');
        return out.toString();
    }

    private char escaped() throws Malformed {
        char kind = at < text.length() ? text.charAt(at++) : '\0';
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                String digits = text.substring(at, Math.min(at + 4, text.length()));
                if (!digits.matches("[0-9A-Fa-f]{4}")) {
                    throw malformed("no character");
                }
                at += 4;
                yield (char) Integer.parseInt(digits, 16);
            }
            default -> throw malformed("no escape");
        };
    }

    private Object number() throws Malformed {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.matches("-?(0|[1-9][0-9]{0,17})")) {
            return Long.valueOf(digits);
        }
        if (digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            return Double.valueOf(digits);
        }
        throw malformed("no value");
    }

    private @Nullable Object word(String word, @Nullable Object value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw malformed("no value");
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char wanted) throws Malformed {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw malformed("no `" + wanted + "`");
        }
        at++;
    }

    private Malformed malformed(String what) {
        return new Malformed(what, at);
    }

    /// @param value a text, number, truth value, list or map of such
    static String write(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each ->
                            quoted(String.valueOf(each.getKey())) + ":" + write(each.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : quoted(value.toString());
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars()
                .forEach(each -> {
                    if (each < ' ' || each == '"' || each == '\\') {
                        out.append("\\u%04x".formatted(each));
                    } else {
                        out.append((char) each);
                    }
                });
        return out.append('"').toString();
    }
}
