package dev.daypass.intent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the tables of words that ship with this package. A table that is missing or broken is an
/// error of the build: nothing is understood without it.
final class Tables {
    private Tables() {}

    /// A line of a table: what stands before the sign that parts it, and the words behind.
    record Row(String head, List<String> words) {}

    /// @param name of the file
    /// @param sign that parts head and words
    static List<Row> rows(String name, String sign) {
        var out = new ArrayList<Row>();
        for (String line : lines(name)) {
            int at = line.indexOf(sign);
            if (at <= 0) {
                throw new IllegalStateException("%s: no `%s` in `%s`".formatted(name, sign, line));
            }
            List<String> words = List.of(line.substring(at + 1).strip().split("\\s+"));
            out.add(new Row(line.substring(0, at).strip(), words));
        }
        return out;
    }

    /// The lines of a table that say something.
    static List<String> lines(String name) {
        return text(name).lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList();
    }

    /// The stems of a phrase's words: `a+b`.
    static List<String> stems(String phrase) {
        return Stream.of(phrase.split("\\+")).map(Stem::of).toList();
    }

    private static String text(String name) {
        try (InputStream in = Tables.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("table `%s` is missing".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
