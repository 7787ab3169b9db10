package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleErrorsTest {
    private static final String HEAD = "rules:\n  - name: x\n    on: [open]\n";

    private static String error(String yaml) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Rules.parse("rules.yaml", yaml))
                        .getMessage());
    }

    @Test
    void what_an_edge_cannot_know_is_refused_where_a_rule_would_ask_it_there() {
        String rule = "rules:\n  - name: x\n    on: %s\n    deny: \"%s\"\n";
        String expected =
                "rules.yaml:4:%d: rule `x`: `task` of `account` is not known on call; ask for it `on: [open]` only";

        for (String on : List.of("[call]", "[open, call]")) {
            assertEquals(expected.formatted(19), error(rule.formatted(on, "account.task == 'x'")));
            assertEquals(
                    expected.formatted(47),
                    error(
                            rule.formatted(
                                    on, "request.method == 'GET' && !account.task.contains('x')")));
            assertEquals(
                    expected.formatted(75),
                    error(
                            rule.formatted(
                                    on,
                                    "account.grant.exists(g, g.operation == 'x' && g.path == account.task)")));
        }
        Rules.parse("rules.yaml", rule.formatted("[open]", "account.task == 'x'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    account.nmae == 'x' | 20 | unknown field `nmae` of `account`; known: id, task, ttl, calls, uses, grant, user
                    agent.id == 'x' | 18 | unknown field `id` of `agent`; known: name, spiffe_id
                    request.host == 'x' | 20 | unknown field `host` of `request`; known: ip, time, method, path
                    account.grant.exists(g, g.pth == '') | 38 | unknown field `pth` of `g`; known: service, operation, method, path, traits
                    acount.ttl > duration('1h') | 12 | unknown name `acount`; known: agent, account, request
                    account.ttl.nope == 1 | 23 | type `duration` does not support field selection
                    account.ttl > 5 | 24 | `>` does not apply to (duration, int)
                    account.calls == 'x' | 26 | `==` does not apply to (int, string)
                    !account.calls | 12 | `!` does not apply to (int)
                    account.ttl | 12 | the condition is of type duration; expected bool
                    account.ttl > duration('1h' | 39 | missing `)` before end of the condition
                    account.calls + | 27 | unexpected end of the condition
                    request.ip == "abc | 26 | unexpected `"abc`
                    account.calls = 1 | 26 | unexpected `=`
                    account.calls > 99999999999999999999 | 28 | number `99999999999999999999` is out of range
                    account.task == 'ä' && account.tsk == 'x' | 43 | unknown field `tsk` of `account`; known: id, task, ttl, calls, uses, grant, user
                    account.task == '😀' && account.tsk == 'x' | 43 | unknown field `tsk` of `account`; known: id, task, ttl, calls, uses, grant, user
                    request.ip.in('10.0.0.0/8') | 25 | `in` does not apply to string.(string)
                    request.ip.in(['10.0.0.0/33']) | 27 | range `10.0.0.0/33` has no prefix length from 0 to 32
                    request.ip.in(['10.0.0.1/8']) | 27 | range `10.0.0.1/8` has bits set after its prefix; did you mean `10.0.0.0/8`
                    request.ip.in(['::1', 'office']) | 34 | `office` is not an IP address
                    account.ttl > duration('1d') | 35 | `1d` is not a duration; expected for example 90s, 15m, 1h30m; units: h, m, s, ms, us, ns
                    request.time > timestamp('2026-01-01') | 37 | `2026-01-01` is not a timestamp; expected for example 2026-11-24T10:00:00Z
                    request.time.getHours('Europe/Berln') < 6 | 34 | `Europe/Berln` is not a time zone; expected for example UTC, Europe/Berlin or +01:00
                    request.path.matches('(') | 33 | `(` is not a regular expression of RE2: missing closing )
                    request.path.matches(account.task) | 40 | the regular expression of `matches` must be a literal
                    account.grant.exists(g, 'mony' in g.traits) | 36 | unknown trait `mony`; known: read, write, delete, money, personal, secret, admin, outward, identity
                    Account{id: 'x'}.id == 'x' | 19 | messages cannot be made here
                    """)
    void a_condition_is_refused_at_its_column(String condition, int column, String message) {
        assertEquals(
                "rules.yaml:4:%d: rule `x`: %s".formatted(column, message),
                error(Sample.denyingYaml(condition)));
    }

    @Test
    void an_unknown_function_is_named_with_those_that_exist() {
        assertEquals(
                "rules.yaml:4:24: rule `x`: unknown function `foo`, or wrong arguments; known: size,"
                        + " contains, startsWith, endsWith, matches, in, has, all, exists, exists_one,"
                        + " filter, map, duration, timestamp, getHours and the like, int, uint, double,"
                        + " string, bool",
                error(Sample.denyingYaml("account.ttl.foo()")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    account.tl == 1 | 4:19
                    'account.tl == 1' | 4:20
                    'account.task == ''it'' && account.tl == 1' | 4:46
                    "account.task == \\"it\\" && account.tl == 1" | 4:46
                    """)
    void a_column_is_right_however_the_condition_is_quoted(String scalar, String place) {
        assertEquals(
                "rules.yaml:%s: rule `x`: unknown field `tl` of `account`; known: id, task, ttl, calls, uses, grant, user"
                        .formatted(place),
                error(HEAD + "    deny: " + scalar + "\n"));
    }

    @Test
    void a_condition_over_several_lines_is_told_by_its_own_line_and_column() {
        String message =
                "rules.yaml:4:11: rule `x`: unknown field `tl` of `account`; known: id, task, ttl, calls, uses, grant, user";
        assertEquals(
                message + " (line 2, column 9 of the condition)",
                error(HEAD + "    deny: |\n      true &&\n      account.tl == 1\n"));
        assertEquals(
                message + " (line 1, column 17 of the condition)",
                error(HEAD + "    deny: true &&\n      account.tl == 1\n"));
        assertEquals(
                message + " (line 1, column 17 of the condition)",
                error(HEAD + "    deny: \"true &&\\x20account.tl == 1\"\n"));
    }

    @Test
    void the_first_bad_rule_refuses_the_whole_file() {
        assertEquals(
                "rules.yaml:3:34: rule `b`: unknown name `nope`; known: agent, account, request",
                error(
                        """
                        rules:
                          - {name: a, on: [open], deny: 'true'}
                          - {name: b, on: [open], deny: 'nope'}
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    rule: [] | 1:1: needs `rules`
                    {rules: [], more: 1} | 1:13: unknown key `more`; known: rules
                    rules: 3 | 1:8: `rules` is not a list; expected a list
                    rules: [{on: [open], deny: 'true'}] | 1:9: `rules[0]` needs `name`
                    rules: [{name: x, deny: 'true'}] | 1:9: `rules[0]` needs `on`
                    rules: [{name: X y, on: [open], deny: 'true'}] | 1:16: `rules[0].name` is not a name; permitted: 1 to 63 of a-z, 0-9 and -
                    rules: [{name: x, on: [opn], deny: 'true'}] | 1:24: `rules[0].on[0]` is `opn`; expected open or call
                    rules: [{name: x, on: [], deny: 'true'}] | 1:23: `rules[0].on` is empty; expected open, call or both
                    rules: [{name: x, on: [open]}] | 1:9: `rules[0]` has 0 effects; expected exactly one of deny, approve and cap
                    rules: [{name: x, on: [open], deny: 'true', approve: 'true'}] | 1:9: `rules[0]` has 2 effects; expected exactly one of deny, approve and cap
                    rules: [{name: x, on: [open], allow: 'true'}] | 1:31: unknown key `rules[0].allow`; known: approve, by, cap, deny, message, name, on, when
                    rules: [{name: x, on: [open], deny: 'true', by: me}] | 1:49: `rules[0].by` goes with approve only
                    rules: [{name: x, on: [open], approve: 'true', by: a b}] | 1:52: `rules[0].by` is not who may approve; permitted: 1 to 127 of A-Z, a-z, 0-9, `.`, `_`, `@` and `-`
                    rules: [{name: x, on: [open], deny: 'true', when: 'true'}] | 1:51: `rules[0].when` goes with cap only; deny and approve hold their own condition
                    rules: [{name: x, on: [call], approve: 'true'}] | 1:40: `rules[0].approve` makes no sense on call; expected `on: [open]`, or deny
                    rules: [{name: x, on: [open, call], cap: {calls: 1}, when: 'true'}] | 1:42: `rules[0].cap` makes no sense on call; expected `on: [open]`, or deny
                    rules: [{name: x, on: [open], cap: {calls: 1}}] | 1:9: `rules[0]` needs `when`
                    rules: [{name: x, on: [open], cap: {}, when: 'true'}] | 1:36: `rules[0].cap` bounds nothing; expected ttl, calls or both
                    rules: [{name: x, on: [open], cap: {ttl: 0s}, when: 'true'}] | 1:42: `rules[0].cap.ttl` is nothing; expected more than 0s
                    rules: [{name: x, on: [open], cap: {calls: 0}, when: 'true'}] | 1:44: `rules[0].cap.calls` is `0`; expected a whole number from 1 to 1000000000000
                    rules: [{name: x, on: [open], cap: {uses: 1}, when: 'true'}] | 1:37: unknown key `rules[0].cap.uses`; known: calls, ttl
                    rules: [{name: x, on: [open], deny: 'true', message: ' '}] | 1:54: `rules[0].message` is not a message; expected one line of at most 500 characters
                    rules: [{name: x, on: [open], deny: 'true'}, {name: x, on: [open], deny: 'true'}] | 1:53: `rules[1].name` is `x` again; names are unique
                    """)
    void a_file_is_refused_at_line_and_column(String yaml, String message) {
        assertEquals("rules.yaml:" + message, error(yaml));
    }

    @Test
    void an_empty_file_is_no_file_without_rules() {
        assertEquals("rules.yaml: is empty; for no rules write `rules: []`", error(""));
        assertEquals("rules.yaml: is empty; for no rules write `rules: []`", error("# none\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    !request.ip.in(['10.0.0.0/8'])
                    ! request.ip == 'x'
                    !account
                    !(account.ttl > duration('1h'))
                    """)
    void a_negation_that_yaml_would_drop_is_refused_and_the_cure_told(String scalar) {
        String message = error(HEAD + "    deny: " + scalar + "\n");
        assertTrue(message.endsWith(" (a condition that begins with `!` needs quotes)"), message);
    }
}
