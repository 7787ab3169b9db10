package dev.daypass.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a paper says, before it is set: a head of `key: value` lines, a blank line, then sections
/// that start with `# ` and paragraphs between blank lines.
///
/// @param id such as `p-1706`
/// @param title in words
/// @param authors in order
/// @param year of writing
/// @param keywords to find it by
/// @param exhibit the computed figure and table at its end
/// @param sections the first is the abstract
record PaperText(
        String id,
        String title,
        List<String> authors,
        int year,
        List<String> keywords,
        Exhibit exhibit,
        List<Section> sections) {
    /// @param heading its title
    /// @param paragraphs each one line
    record Section(String heading, List<String> paragraphs) {}

    static PaperText read(String id) {
        String[] parts = Resources.text("papers/" + id + ".txt").strip().split("\n\n+");
        Map<String, String> head = new HashMap<>();
        for (String line : parts[0].split("\n")) {
            String[] pair = line.split(": ", 2);
            head.put(pair[0], pair[1]);
        }
        return new PaperText(
                id,
                field(head, "title"),
                List.of(field(head, "authors").split("; ")),
                Integer.parseInt(field(head, "year")),
                List.of(field(head, "keywords").split(", ")),
                Exhibit.named(field(head, "exhibit")),
                sections(List.of(parts).subList(1, parts.length)));
    }

    String summary() {
        return String.join(" ", sections.getFirst().paragraphs());
    }

    private static String field(Map<String, String> head, String name) {
        return Objects.requireNonNull(head.get(name), name);
    }

    private static List<Section> sections(List<String> blocks) {
        var out = new ArrayList<Section>();
        for (String block : blocks) {
            if (block.startsWith("# ")) {
                out.add(new Section(block.substring(2), new ArrayList<>()));
            } else {
                out.getLast().paragraphs().add(block.replace('\n', ' '));
            }
        }
        return out;
    }
}
