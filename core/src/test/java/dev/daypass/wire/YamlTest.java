package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class YamlTest {
    @Test
    void each_value_is_taken_as_what_the_reader_asks_for() {
        Yaml file =
                yaml(
                        """
                        name: yes     # a word, whatever yaml 1.1 says
                        quoted: "7"
                        count: 7
                        flag: true
                        ttl: 1h30m
                        list: [a, 'b']
                        inner:
                          deep: x
                        none:
                        """);

        assertEquals("yes", file.require("name").string());
        assertEquals(7, file.require("quoted").wholeNumber(0, 9));
        assertEquals(7, file.require("count").wholeNumber(7, 7));
        assertTrue(file.require("flag").bool());
        assertEquals(Duration.ofMinutes(90), file.require("ttl").duration());
        assertEquals(List.of("a", "b"), file.require("list").strings());
        assertEquals("x", file.require("inner").require("deep").string());
        assertEquals("inner.deep", file.require("inner").require("deep").key());
        assertNull(file.get("none"));
        assertNull(file.get("absent"));
        file.end();
    }

    @Test
    void a_file_with_nothing_in_it_is_empty() {
        for (String text : List.of("", "\n", "# only this\n", "---\n...\n", "~")) {
            assertFalse(Yaml.parse("f.yaml", text).isPresent(), text);
        }
    }

    @Test
    void free_keys_come_in_the_order_of_the_file() {
        Yaml file = yaml("z: 1\na: 2\nm: 3\nin:\n  y: 1\n  x: 2\n");

        assertEquals(List.of("z", "a", "m", "in"), List.copyOf(file.entries().keySet()));
        var inner = file.require("in").entries();
        assertEquals(List.of("y", "x"), List.copyOf(inner.keySet()));
        assertEquals(List.of("in.y", "in.x"), inner.values().stream().map(Yaml::key).toList());
        assertEquals("z", file.entries().values().iterator().next().key());
        file.end();
    }

    @Test
    void a_value_of_another_kind_is_refused_where_it_stands() {
        assertRefused(
                "f.yaml:1:4: `a` is not a plain value; expected text",
                "a: [x]",
                y -> at(y, "a").string());
        assertRefused(
                "f.yaml:2:4: `b` is not a list; expected a list",
                "a: 1\nb: x",
                y -> at(y, "b").strings());
        assertRefused(
                "f.yaml:2:3: `a[0]` is not a plain value; expected text",
                "a:\n- {x: 1}",
                y -> at(y, "a").strings());
        assertRefused(
                "f.yaml:1:4: `a` is not a mapping; expected `key: value` lines",
                "a: x",
                y -> at(y, "a").require("b"));
        assertRefused(
                "f.yaml:1:4: `a` is `yes`; expected true or false",
                "a: yes",
                y -> at(y, "a").bool());
        assertRefused(
                "f.yaml:2:6: `a.b` is `9`; expected a whole number from 1 to 8",
                "a:\n  b: 9",
                y -> at(at(y, "a"), "b").wholeNumber(1, 8));
        assertRefused(
                "f.yaml:1:4: `a` is `0x7`; expected a whole number from 1 to 8",
                "a: 0x7",
                y -> at(y, "a").wholeNumber(1, 8));
        assertRefused(
                "f.yaml:1:4: `a` is not right: `soon` is not a duration; expected for example 90s, 10m, 2h, 1h30m",
                "a: soon",
                y -> at(y, "a").duration());
        assertRefused("f.yaml:1:1: needs `b`", "a: 1", y -> at(y, "b"));
        assertRefused("f.yaml:2:3: `a` needs `c`", "a:\n  b: 1", y -> at(at(y, "a"), "c"));
    }

    @Test
    void an_unknown_key_is_refused_where_it_stands() {
        assertRefused(
                "f.yaml:3:1: unknown key `c`; known: a, x",
                "a: 1\nx: 2\nc: 3\n",
                y -> {
                    at(y, "x");
                    at(y, "a");
                    y.end();
                });
        assertRefused(
                "f.yaml:2:3: unknown key `a.c`; known: ", "a:\n  c: 3\n", y -> at(y, "a").end());
    }

    @Test
    void a_key_that_stands_twice_is_refused_where_it_stands_again() {
        assertUnreadable("f.yaml:3:1: key `a` stands twice", "a: 1\nb: 2\na: 3\n");
        assertUnreadable("f.yaml:1:8: key `a` stands twice", "{a: 1, \"a\": 2}");
        assertUnreadable("f.yaml:3:3: key `x` stands twice", "a:\n  x: 1\n  x: 2\n");
        assertUnreadable("f.yaml:2:10: key `x` stands twice", "a:\n- {x: 1, x: 2}\n");
    }

    @Test
    void a_key_that_is_not_a_word_is_refused() {
        assertUnreadable("f.yaml:1:3: has a key that is not a plain word", "? [a, b]\n: 1\n");
        assertUnreadable("f.yaml:1:2: has a key that is not a plain word", "{{a: 1}: 2}");
    }

    @Test
    void tags_are_refused() {
        assertUnreadable(
                "f.yaml:1:4: has a tag, `!secret`; tags are not permitted", "a: !secret x");
        assertUnreadable(
                "f.yaml:1:4: has a tag, `tag:yaml.org,2002:int`; tags are not permitted",
                "a: !!int 7");
        assertUnreadable("f.yaml:1:1: has a tag, `!x`; tags are not permitted", "!x {a: 1}");
        assertUnreadable("f.yaml:1:4: has a tag, `!x`; tags are not permitted", "a: !x [1]");
        assertUnreadable(
                "f.yaml:1:1: has a tag, `tag:yaml.org,2002:java.net.URL`; tags are not permitted",
                "!!java.net.URL [x]");
    }

    @Test
    void a_second_document_or_another_version_is_refused() {
        assertUnreadable("f.yaml:2:1: but found another document", "a: 1\n---\nb: 2\n");
        assertUnreadable(
                "f.yaml:1:1: is of another version of yaml; permitted: 1.2",
                "%YAML 2.0\n---\na: 1\n");
    }

    @Test
    void broken_yaml_is_refused_where_it_breaks() {
        assertUnreadable("f.yaml:1:6: expected ',' or ']', but got <stream end>", "a: [x");
        assertUnreadable("f.yaml:1:6: found unexpected end of stream", "a: 'x");
        assertUnreadable("f.yaml:1:4: found undefined alias nobody", "a: *nobody");
        assertUnreadable(
                "f.yaml:2:4: has a character that yaml does not permit", "a: 1\nb: \u0001");
        assertUnreadable("f.yaml:2:5: has a lone surrogate", "a: 1\nb: x\ud800");
        assertTrue(refusal("\ta: 1").startsWith("f.yaml:1:1: found character"));
        assertTrue(refusal("a: 1\n b: 2").startsWith("f.yaml:2:3: "), refusal("a: 1\n b: 2"));
    }

    /// The scanner gives this up with an assertion that knows no place.
    @Test
    void what_the_scanner_gives_up_on_has_a_place_too() {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> Yaml.parse("f", "a:\n  b: 'ttl\n\\'0x0x@(\u00e4.\n"));

        assertTrue(
                String.valueOf(refused.getMessage()).matches("(?s)f:\\d+:\\d+: .*"),
                refused.getMessage());
    }

    @Test
    void nesting_ends_at_32_levels_however_it_is_written() {
        assertTrue(Yaml.parse("f.yaml", "[".repeat(32) + "]".repeat(32)).isPresent());
        for (String deep :
                List.of(
                        "[".repeat(100_000),
                        "{a: ".repeat(100_000),
                        "- ".repeat(100_000),
                        "? ".repeat(100_000))) {
            assertTrue(refusal(deep).endsWith(": is nested more than 32 deep"), refusal(deep));
        }
    }

    @Test
    void an_alias_stands_for_its_value_but_a_bomb_is_refused() {
        Yaml file = yaml("a: &x [1, 2]\nb: *x\n");
        assertEquals(List.of("1", "2"), at(file, "b").strings());

        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertUnreadable("f.yaml:12:12: has more than 20 aliases", bomb.toString());
        assertUnreadable("f.yaml:1:4: holds itself through an alias", "a: &x [*x]");
        assertUnreadable("f.yaml:1:4: holds itself through an alias", "a: &x {b: {c: *x}}");
    }

    @Test
    void a_file_of_more_than_a_mebi_of_characters_is_refused() {
        assertUnreadable("f.yaml: longer than 1048576 characters", "#".repeat(1024 * 1024 + 1));
    }

    @Test
    void an_error_does_not_repeat_a_novel() {
        String novel = "x".repeat(100_000);

        for (String text :
                List.of("? " + novel + "\n? " + novel, "a: !" + novel + " x", "a: *" + novel)) {
            assertTrue(refusal(text).length() < 250, text.substring(0, 3));
        }
        Yaml file = yaml("? " + novel + "\n: " + novel);
        assertTrue(message(file::end).length() < 250);
        assertTrue(message(() -> at(yaml("a: " + novel), "a").bool()).length() < 250);
    }

    private static Yaml at(Yaml file, String key) {
        return file.require(key);
    }

    private static Yaml yaml(String text) {
        return Yaml.parse("f.yaml", text).orElseThrow();
    }

    private static void assertRefused(String expected, String text, Consumer<Yaml> read) {
        Yaml file = yaml(text);
        assertEquals(expected, message(() -> read.accept(file)));
    }

    private static void assertUnreadable(String expected, String text) {
        assertEquals(expected, refusal(text));
    }

    private static String refusal(String text) {
        return message(() -> Yaml.parse("f.yaml", text));
    }

    private static String message(org.junit.jupiter.api.function.Executable read) {
        return String.valueOf(assertThrows(WireException.class, read).getMessage());
    }
}
