package dev.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void the_reference_lists_every_key_with_variable_default_range_and_meaning()
            throws IOException {
        List<String> listed =
                Files.readAllLines(DOCS.resolve("configuration.md")).stream()
                        .filter(line -> line.startsWith("| `") && line.contains("`DAYPASS_"))
                        .toList();

        assertEquals(
                String.join("\n", Keys.ALL.stream().map(ReferenceTest::row).toList()),
                String.join("\n", listed));
    }

    @Test
    void the_reference_names_every_variable_that_other_parts_read() throws IOException {
        String text = Files.readString(DOCS.resolve("configuration.md"));

        assertEquals(
                List.of(),
                Environment.OWNED_ELSEWHERE.stream()
                        .filter(name -> !text.contains("`" + name + "`"))
                        .toList());
    }

    @Test
    void the_example_sets_every_key_to_its_default() throws IOException {
        Path example = DOCS.resolve("daypass.example.yaml");

        assertEquals(Config.defaults(), Config.load(example, Map.of()));
        assertEquals(
                new TreeSet<>(Keys.ALL.stream().map(Key::path).toList()),
                new TreeSet<>(ConfigFile.read(example).values().keySet()));
    }

    private static String row(Key<?> key) {
        return "| `%s` | `%s` | `%s` | %s | %s |"
                .formatted(
                        key.path(),
                        key.variable(),
                        key.defaultText(),
                        key.kind().expected(),
                        key.meaning());
    }
}
