package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlFuzzTest {
    private static final List<String> FILES =
            List.of(
                    "allow:\n  - service: flights\n    operations: [search*, \"get*\"]\n    traits: [read]\nttl_max: 1h\n",
                    "a: &x {b: 1, c: [2, 3]}\nd: *x\ne: |\n  two\n  lines\nf: >-\n  folded\n",
                    "? a\n: b\n# comment\n'c': \"d\\u0041\"\n---\n...\n",
                    "%YAML 1.2\n---\n{a: [b, {c: d}], e: !f g, h: ~}\n");

    @FuzzTest
    void a_file_is_read_or_refused_in_one_short_line(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Yaml.parse("f", text).ifPresent(file -> walk(file, 0));
        } catch (WireException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith("f:"), message);
            assertTrue(message.length() < 600, message);
            assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        }
    }

    @Test
    void a_damaged_file_is_read_or_refused_in_one_short_line() {
        Check.forAll(
                3_000,
                random ->
                        a_file_is_read_or_refused_in_one_short_line(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, FILES),
                                        "a: \n-[]{}&*!|>'\"#%?~,\t")));
    }

    // Whatever a file says, its values are reached in a bounded number of steps.
    private static void walk(Yaml value, int depth) {
        assertTrue(depth <= Yaml.DEPTH_MAX);
        try {
            value.items().forEach(item -> walk(item, depth + 1));
            return;
        } catch (WireException _) {
            // not a list
        }
        try {
            value.entries().values().forEach(member -> walk(member, depth + 1));
            value.end();
        } catch (WireException _) {
            assertTrue(value.string().length() <= 1024 * 1024);
        }
    }
}
