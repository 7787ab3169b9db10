package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RulesDocumentTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "rules.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_example_of_the_reference_is_a_rule_file() {
        List<MatchResult> blocks = YAML.matcher(document).results().toList();
        assertEquals(2, blocks.size());
        for (MatchResult block : blocks) {
            Rules rules = Rules.parse("docs/rules.md", block.group(1));
            assertFalse(rules.describe().isEmpty());
            assertEquals(new Decision.Allow(), rules.decide(Sample.opening().input()));
        }
    }

    @Test
    void the_reference_names_the_limits_that_hold() {
        for (String limit :
                List.of(
                        "| rules in a file | %,d |".formatted(RuleFile.RULES_MAX),
                        "| %,d characters, %,d parts, %d levels |"
                                .formatted(
                                        ConditionText.CHARS_MAX,
                                        RuleCompiler.NODES_MAX,
                                        RuleCompiler.DEPTH_MAX),
                        "| loops within loops | %d |".formatted(Inspection.LOOPS_MAX),
                        "| %,d; beyond that".formatted(RuleCompiler.ITERATIONS_MAX),
                        "a literal, %d instructions".formatted(Literals.REGEX_INSTRUCTIONS_MAX),
                        "looks at %,d characters".formatted(Functions.MATCH_CHARS_MAX),
                        "| %d times, not in a loop |".formatted(Inspection.CONCATENATIONS_MAX),
                        "without one, %d |".formatted(FactValues.UNBOUNDED))) {
            assertTrue(document.contains(limit), limit);
        }
    }

    @Test
    void the_reference_names_every_variable() {
        Vocabulary.VARIABLES.forEach((name, type) ->
                type.fieldNames()
                        .forEach(field ->
                                assertTrue(
                                        document.contains("`" + name + "." + field + "`"), field)));
    }
}
