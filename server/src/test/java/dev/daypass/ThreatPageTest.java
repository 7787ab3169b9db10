package dev.daypass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever the pages about threats and architecture name, there is.
class ThreatPageTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");
    private static final List<String> WORDS = List.of("Bearer");

    @Test
    void every_class_and_method_that_a_page_names_is_in_the_sources() throws IOException {
        Map<String, String> sources = sources();
        var missing = new ArrayList<String>();
        for (String page : List.of("docs/threats.md", "docs/architecture.md")) {
            NAME.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .filter(named -> !WORDS.contains(named.group(1)))
                    .filter(named -> !known(sources, named.group(1), named.group(2)))
                    .forEach(named -> missing.add(page + ": " + named.group()));
        }

        assertEquals(List.of(), missing);
    }

    @Test
    void every_threat_has_its_row() throws IOException {
        List<Integer> rows =
                ROW.matcher(Files.readString(ROOT.resolve("docs/threats.md")))
                        .results()
                        .map(row -> Integer.valueOf(row.group(1)))
                        .toList();

        assertEquals(IntStream.rangeClosed(1, 23).boxed().toList(), rows);
    }

    private static boolean known(
            Map<String, String> sources, String type, @Nullable String method) {
        String source = sources.get(type);
        return source != null
                && (method == null
                        || Pattern.compile("\\b" + method + "\\(").matcher(source).find());
    }

    private static Map<String, String> sources() throws IOException {
        var out = new HashMap<String, String>();
        for (String module : List.of("core", "server", "examples", "bench")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    out.put(
                            file.getFileName().toString().replace(".java", ""),
                            Files.readString(file));
                }
            }
        }
        return out;
    }
}
