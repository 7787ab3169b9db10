package dev.daypass.run;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP/1.1 message: its first line and its fields (RFC 9112, sections 2 to 5).
///
/// @param start request line or status line
/// @param fields in order
record Head(String start, List<Field> fields) {
    /// So long may a head be.
    static final int BYTES_MAX = 64 * 1024;

    Head {
        fields = List.copyOf(fields);
    }

    /// @param name as it came
    /// @param value without the space around it
    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /// Reads one.
    ///
    /// @return `null` where the other side closes before its first byte
    /// @throws MalformedMessage if it is none, or too long
    static @Nullable Head read(InputStream in) throws IOException, MalformedMessage {
        var budget = new Budget();
        String start = line(in, budget);
        if (start == null) {
            return null;
        }
        var fields = new ArrayList<Field>();
        for (String line = more(in, budget); !line.isEmpty(); line = more(in, budget)) {
            fields.add(field(line));
        }
        return new Head(start, fields);
    }

    private static final class Budget {
        private int left = BYTES_MAX;

        void spend() throws MalformedMessage {
            if (left-- <= 0) {
                throw new MalformedMessage("head of more than %d bytes".formatted(BYTES_MAX));
            }
        }
    }

    static String more(InputStream in) throws IOException, MalformedMessage {
        return more(in, new Budget());
    }

    private static String more(InputStream in, Budget budget) throws IOException, MalformedMessage {
        String line = line(in, budget);
        if (line == null) {
            throw new EOFException("closed within a head");
        }
        return line;
    }

    private static @Nullable String line(InputStream in, Budget budget)
            throws IOException, MalformedMessage {
        var bytes = new ByteArrayOutputStream(80);
        for (int next = in.read(); ; next = in.read()) {
            if (next < 0 && bytes.size() == 0) {
                return null;
            }
            budget.spend();
            switch (next) {
                case -1 -> throw new EOFException("closed within a line");
                case '\r' -> {
                    if (in.read() != '\n') {
                        throw new MalformedMessage("a CR without LF");
                    }
                    return bytes.toString(StandardCharsets.ISO_8859_1);
                }
                case '\n', 0 -> throw new MalformedMessage("a bare LF, or a NUL");
                default -> bytes.write(next);
            }
        }
    }

    // Neither space before the colon nor a value that goes on in the next line (RFC 9112, 5.1,
    // 5.2).
    private static Field field(String line) throws MalformedMessage {
        int colon = line.indexOf(':');
        if (colon <= 0 || !line.substring(0, colon).chars().allMatch(Head::ofToken)) {
            throw new MalformedMessage("a field without a name");
        }
        String value = line.substring(colon + 1).strip();
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new MalformedMessage("a field with a control character");
        }
        return new Field(line.substring(0, colon), value);
    }

    /// RFC 9110, section 5.6.2.
    static boolean ofToken(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    Optional<String> first(String name) {
        return fields.stream().filter(f -> f.is(name)).map(Field::value).findFirst();
    }

    List<String> all(String name) {
        return fields.stream().filter(f -> f.is(name)).map(Field::value).toList();
    }

    /// Whether a list field, such as `Connection`, names something.
    boolean lists(String name, String word) {
        return words(name).contains(word);
    }

    /// What a list field names, in lower case.
    List<String> words(String name) {
        return all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// Without the fields that concern one connection only (RFC 9110, section 7.6.1).
    Head forwarded() {
        List<String> named = words("connection");
        return without(field -> {
            String name = field.name().toLowerCase(Locale.ROOT);
            return named.contains(name) || HOP_BY_HOP.contains(name);
        });
    }

    private static final List<String> HOP_BY_HOP =
            List.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "content-length",
                    "upgrade");

    Head without(Predicate<Field> which) {
        return new Head(start, fields.stream().filter(which.negate()).toList());
    }

    Head with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Head(start, more);
    }

    Head starting(String other) {
        return new Head(other, fields);
    }

    byte[] bytes() {
        var text = new StringBuilder(512).append(start).append("\r\n");
        for (Field field : fields) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
