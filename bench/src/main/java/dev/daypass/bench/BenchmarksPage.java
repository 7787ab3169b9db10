package dev.daypass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The page of benchmarks, on which each measurement has a place of its own between two marks.
final class BenchmarksPage {
    private BenchmarksPage() {}

    /// Puts a table into its place.
    ///
    /// @param docs the folder of `benchmarks.md`
    /// @param name of the measurement, as on the command line
    /// @throws IOException also if the page has no place for it
    static void put(Path docs, String name, String table) throws IOException {
        String begin = "<!-- %1$s: written by ./daypass bench %1$s --docs -->".formatted(name);
        String end = "<!-- %s: end -->".formatted(name);
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException("%s has no lines `%s` and `%s`".formatted(page, begin, end));
        }
        Files.writeString(
                page, text.substring(0, from + begin.length()) + table + text.substring(to));
    }
}
