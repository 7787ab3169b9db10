package dev.daypass.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes JSON as compact text, or indented for people.
final class JsonWriter {
    private final StringBuilder out = new StringBuilder(256);
    private final boolean indent;

    private JsonWriter(boolean indent) {
        this.indent = indent;
    }

    static byte[] write(Json value, boolean indent) {
        var writer = new JsonWriter(indent);
        writer.value(value, 0);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(Json value, int depth) {
        switch (value) {
            case Json.Obj(var members) -> object(members, depth);
            case Json.Arr(var items) -> array(items, depth);
            case Json.Str(var text) -> string(text, out);
            case Json.Num(var number) -> out.append(number.toString());
            case Json.Bool(var truth) -> out.append(truth);
            case Json.Null() -> out.append("null");
        }
    }

    private void object(Map<String, Json> members, int depth) {
        out.append('{');
        boolean first = true;
        for (var member : members.entrySet()) {
            separate(first, depth + 1);
            first = false;
            string(member.getKey(), out);
            out.append(indent ? ": " : ":");
            value(member.getValue(), depth + 1);
        }
        close(first, depth, '}');
    }

    private void array(Iterable<Json> items, int depth) {
        out.append('[');
        boolean first = true;
        for (Json item : items) {
            separate(first, depth + 1);
            first = false;
            value(item, depth + 1);
        }
        close(first, depth, ']');
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            out.append(',');
        }
        newLine(depth);
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            newLine(depth);
        }
        out.append(bracket);
    }

    private void newLine(int depth) {
        if (indent) {
            out.append('\n').repeat(' ', 2 * depth);
        }
    }

    /// Escapes as RFC 8785, section 3.2.2.2 asks for: the two-character forms where there are any,
    /// else `\\u00xx`.
    static void string(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, written, i);
                escape(c, out);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default ->
                    out.append("\\u00")
                            .append(c < 0x10 ? '0' : '1')
                            .append(Character.forDigit(c & 15, 16));
        }
    }
}
