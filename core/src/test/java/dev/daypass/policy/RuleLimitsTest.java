package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.permission.Trait;
import dev.daypass.wire.WireException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLimitsTest {
    private static String refusal(String yaml) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Rules.parse("rules.yaml", yaml))
                        .getMessage());
    }

    private static String rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {name: r%d, on: [open], deny: 'false'}\n".formatted(i))
                .collect(Collectors.joining("", "rules:\n", ""));
    }

    private static List<GrantLeaf> operations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new GrantLeaf("s", "o" + i, "GET", "/" + i, Set.of(Trait.READ)))
                .toList();
    }

    @Test
    void two_hundred_rules_are_read_and_one_more_is_refused() {
        assertEquals(200, Rules.parse("rules.yaml", rules(200)).describe().size());
        assertEquals(
                "rules.yaml:202:5: `rules[200]` is one too many; at most 200 rules",
                refusal(rules(201)));
    }

    @Test
    void a_condition_of_4096_characters_is_read_and_one_more_is_refused() {
        String condition = "account.task == '" + "ä".repeat(4096 - 18) + "'";
        assertEquals(1, Sample.denying(condition).describe().size());
        assertEquals(
                "rules.yaml:4:12: rule `x`: the condition is longer than 4096 characters",
                refusal(Sample.denyingYaml(condition + " ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    account.grant.exists(a, account.grant.exists(b, account.grant.exists(c, a.path == c.path))) | 80 | loops nest deeper than 2
                    [1].map(x, [x, x]).map(x, [x, x]) == [] | 38 | a list may hold plain values of one type only
                    [[1]] == [[1]] | 12 | a list may hold plain values of one type only
                    {'a': [1]}['a'] == [1] | 12 | a map may hold plain values of one type only
                    [1] + [2] == [1] | 16 | lists cannot be joined here
                    b'a' + b'b' == b'c' | 17 | bytes cannot be joined here
                    ['a'].exists(x, x + x == 'aa') | 30 | text cannot be joined in a loop, nor more than 8 times
                    'a'+'a'+'a'+'a'+'a'+'a'+'a'+'a'+'a'+'a' == '' | 15 | text cannot be joined in a loop, nor more than 8 times
                    account.grant.exists(g, account.task.matches('a')) | 43 | `matches` on `account` in a loop finds the same each time; take it out of the loop
                    request.path.matches('a{300}') | 33 | regular expression of 302 instructions; at most 256
                    account.grant == account.grant | 19 | operations cannot be compared; compare their fields
                    account.grant[0] in account.grant | 25 | operations cannot be compared; compare their fields
                    ((((((((((((((((((((((((((((((((((true)))))))))))))))))))))))))))))))))) | 12 | the condition nests deeper than 32 levels
                    """)
    void what_could_grow_without_bound_is_refused(String condition, int column, String message) {
        assertEquals(
                "rules.yaml:4:%d: rule `x`: %s".formatted(column, message),
                refusal(Sample.denyingYaml(condition)));
    }

    @Test
    void a_condition_of_too_many_nodes_is_refused() {
        String condition = "account.calls in [" + "1,".repeat(1000) + "1]";
        assertEquals(
                "rules.yaml:4:2022: rule `x`: the condition has more than 1000 parts",
                refusal(Sample.denyingYaml(condition)));
    }

    @Test
    void a_loop_that_runs_too_long_denies() {
        Rules rules =
                Sample.denying(
                        "account.grant.exists(a, account.grant.exists(b, a.path + b.path == 'x'))"
                                .replace("a.path + b.path", "a.path == b.path && a.path"));
        assertEquals(
                new Decision.Allow(), rules.decide(Sample.opening().grant(operations(40)).input()));
        assertEquals(
                new Decision.Deny(
                        "x", "rule `x` could not be evaluated: iteration budget exceeded: 2000"),
                rules.decide(Sample.opening().grant(operations(50)).input()));
    }

    @Test
    void a_text_too_long_to_match_denies() {
        Rules rules = Sample.denying("account.task.matches('b')");
        assertEquals(
                new Decision.Allow(),
                rules.decide(Sample.opening().task("a".repeat(4096)).input()));
        assertEquals(
                new Decision.Deny(
                        "x",
                        "rule `x` could not be evaluated: text to match is longer than 4096 characters"),
                rules.decide(Sample.opening().task("a".repeat(4097)).input()));
    }
}
