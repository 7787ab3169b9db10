package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void variables_take_a_part_of_one_segment() {
        assertEquals(
                Optional.of(Map.of("id", "7", "page", "2")),
                match("/papers/{id}.pdf/pages/{page}", "papers", "7.pdf", "pages", "2"));
        assertEquals(Optional.of(Map.of("id", "7")), match("/v{id}", "v7"));
        assertEquals(Optional.of(Map.of("id", ".pdf")), match("/{id}.pdf", ".pdf.pdf"));
        assertEquals(Optional.of(Map.of()), match("/", ""));
        assertEquals(Optional.of(Map.of()), match("/a/", "a", ""));
    }

    @Test
    void what_does_not_fit_exactly_does_not_match() {
        assertEquals(Optional.empty(), match("/papers/{id}", "papers"));
        assertEquals(Optional.empty(), match("/papers/{id}", "papers", "7", "x"));
        assertEquals(Optional.empty(), match("/papers/{id}", "papers", ""));
        assertEquals(Optional.empty(), match("/papers/{id}", "Papers", "7"));
        assertEquals(Optional.empty(), match("/{id}.pdf", ".pdf"));
        assertEquals(Optional.empty(), match("/{id}.pdf", "7.PDF"));
        assertEquals(Optional.empty(), match("/a{id}a", "a"));
        assertEquals(Optional.empty(), match("/a{id}a", "aa"));
        assertEquals(Optional.empty(), match("/a", "a", ""));
    }

    @Test
    void a_variable_that_stands_twice_has_one_value() {
        assertEquals(Optional.of(Map.of("x", "1")), match("/{x}/{x}", "1", "1"));
        assertEquals(Optional.empty(), match("/{x}/{x}", "1", "2"));
    }

    @Test
    void a_template_matches_what_it_is_filled_with() {
        Check.forAll(
                2_000,
                random -> {
                    var template = new StringBuilder();
                    var path = new ArrayList<String>();
                    var values = new ArrayList<String>();
                    for (int i = 1 + random.nextInt(4); i > 0; i--) {
                        String before = Gen.word(random, 2);
                        String after = Gen.word(random, 2);
                        String value = "x" + Gen.text(random, 3).replace("/", "");
                        boolean variable = random.nextBoolean();
                        template.append('/')
                                .append(before)
                                .append(variable ? "{v" + i + "}" : "")
                                .append(after);
                        path.add(before + (variable ? value : "") + after);
                        if (variable) {
                            values.add(value);
                        }
                    }
                    PathTemplate parsed = PathTemplate.parse(template.toString());

                    assertEquals(values, List.copyOf(parsed.match(path).orElseThrow().values()));
                    assertEquals(values.size(), parsed.variables().size());
                    assertEquals(template.toString(), parsed.toString());
                    assertEquals(parsed, PathTemplate.parse(parsed.toString()));
                });
    }

    @Test
    void words_and_variables_are_told_apart() {
        PathTemplate template = PathTemplate.parse("/papers/{id}.pdf/pages/{page}");

        assertEquals(List.of("papers", "pages"), template.literals());
        assertEquals(List.of("id", "page"), template.variables());
        assertNotEquals(template, PathTemplate.parse("/papers/{ID}.pdf/pages/{page}"));
    }

    @Test
    void what_is_not_a_template_is_refused_with_the_reason() {
        for (String text :
                List.of(
                        "/{a}{b}",
                        "/{a",
                        "/a}",
                        "/{}",
                        "/}a{",
                        "/}a{b}",
                        "/{a}}",
                        "/{{a}",
                        "/{a}b}",
                        "/x/{a{b}}")) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class, () -> PathTemplate.parse(text), text);
            assertTrue(
                    String.valueOf(refusal.getMessage())
                            .startsWith(
                                    "path `%s`: a segment may hold one variable".formatted(text)));
        }
        for (String text : List.of("", "a", "{a}", "/" + "a".repeat(1_024))) {
            assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(text));
        }
    }

    private static Optional<Map<String, String>> match(String template, String... path) {
        return PathTemplate.parse(template).match(List.of(path));
    }
}
