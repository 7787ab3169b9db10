package dev.daypass.wire;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// A file as errors name it: `ceiling.yaml:3:14: …`.
///
/// @param name what the caller calls it
record YamlSource(String name) {
    WireException error(Optional<Mark> mark, String problem) {
        String at =
                mark.map(m -> ":%d:%d".formatted(m.getLine() + 1, m.getColumn() + 1)).orElse("");
        return new WireException(name + at + ": " + problem);
    }

    /// An error at an index into the text, counted in code points.
    WireException error(String text, int codePoint, String problem) {
        int end = text.offsetByCodePoints(0, codePoint);
        int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        int start = text.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
        int column = 1 + text.codePointCount(Math.min(start, end), end);
        return new WireException("%s:%d:%d: %s".formatted(name, line, column, problem));
    }
}
