package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesTest {
    static final String EXAMPLE =
            """
            rules:
              - name: verified-ranges-only
                on: [open, call]
                deny: "!request.ip.in(['10.0.0.0/8', '2001:db8::/32'])"
                message: Agents may only work from the office ranges.
              - name: an-hour-is-long
                on: [open]
                approve: "account.ttl > duration('1h')"
                by: security
              - name: money-needs-a-human
                on: [open]
                approve: "account.grant.exists(g, 'money' in g.traits)"
              - name: cap-night
                on: [open]
                cap: { ttl: 15m, calls: 50 }
                when: "request.time.getHours('Europe/Berlin') < 6"
            """;

    private final Rules example = Rules.parse("rules.yaml", EXAMPLE);

    @Test
    void without_rules_everything_is_allowed() {
        assertEquals(new Decision.Allow(), Rules.none().decide(Sample.opening().input()));
        assertEquals(List.of(), Rules.parse("rules.yaml", "rules: []").describe());
        assertFalse(Rules.none().concern(Stage.CALL));
    }

    @Test
    void what_no_rule_objects_to_is_allowed() {
        assertEquals(new Decision.Allow(), example.decide(Sample.opening().input()));
    }

    @Test
    void an_address_outside_the_ranges_is_denied_with_the_rules_message() {
        assertEquals(
                new Decision.Deny(
                        "verified-ranges-only", "Agents may only work from the office ranges."),
                example.decide(Sample.opening().ip("192.0.2.1").input()));
    }

    @Test
    void a_rule_without_a_message_is_named() {
        Rules rules = Rules.parse("r", "rules: [{name: closed, on: [open], deny: 'true'}]");
        assertEquals(
                new Decision.Deny("closed", "rule `closed` refuses this"),
                rules.decide(Sample.opening().input()));
    }

    @Test
    void an_hour_is_allowed_and_a_second_more_needs_approval() {
        Sample hour = Sample.opening().ttl(Duration.ofHours(1));
        assertEquals(new Decision.Allow(), example.decide(hour.input()));
        assertEquals(
                new Decision.NeedsApproval(
                        List.of(new Decision.Need("an-hour-is-long", "security")), Caps.none()),
                example.decide(hour.ttl(Duration.ofSeconds(3601)).input()));
    }

    @Test
    void money_anywhere_in_the_grant_needs_any_operators_approval() {
        Sample paying = Sample.opening().grant(List.of(Sample.SEARCH, Sample.PAY));
        assertEquals(
                new Decision.NeedsApproval(
                        List.of(new Decision.Need("money-needs-a-human", "operator")), Caps.none()),
                example.decide(paying.input()));
    }

    @Test
    void night_in_berlin_caps_what_is_opened() {
        Caps night = new Caps(Duration.ofMinutes(15), 50L);
        Sample opening = Sample.opening();
        assertEquals(
                new Decision.Capped(night, List.of("cap-night")),
                example.decide(opening.time("2026-11-24T04:59:59Z").input()));
        assertEquals(
                new Decision.Allow(), example.decide(opening.time("2026-11-24T05:00:00Z").input()));
    }

    @Test
    void all_approvals_and_the_caps_are_told_together() {
        Sample sample =
                Sample.opening()
                        .ttl(Duration.ofHours(2))
                        .grant(List.of(Sample.PAY))
                        .time("2026-11-24T03:00:00Z");
        assertEquals(
                new Decision.NeedsApproval(
                        List.of(
                                new Decision.Need("an-hour-is-long", "security"),
                                new Decision.Need("money-needs-a-human", "operator")),
                        new Caps(Duration.ofMinutes(15), 50L)),
                example.decide(sample.input()));
    }

    @Test
    void deny_wins_over_approval_and_caps() {
        Sample sample =
                Sample.opening()
                        .ttl(Duration.ofHours(2))
                        .time("2026-11-24T03:00:00Z")
                        .ip("192.0.2.1");
        assertInstanceOf(Decision.Deny.class, example.decide(sample.input()));
    }

    @Test
    void the_smallest_of_each_cap_counts() {
        Rules rules =
                Rules.parse(
                        "r",
                        """
                        rules:
                          - {name: a, on: [open], cap: {ttl: 15m}, when: 'true'}
                          - {name: b, on: [open], cap: {ttl: 1h, calls: 5}, when: 'true'}
                          - {name: c, on: [open], cap: {calls: 9}, when: 'true'}
                          - {name: d, on: [open], cap: {calls: 1}, when: 'false'}
                        """);
        assertEquals(
                new Decision.Capped(new Caps(Duration.ofMinutes(15), 5L), List.of("a", "b", "c")),
                rules.decide(Sample.opening().input()));
    }

    @Test
    void a_rule_is_asked_at_its_stages_only() {
        Sample outside = Sample.opening().ip("192.0.2.1").ttl(Duration.ofHours(2));
        Sample inside = outside.ip("10.0.0.1");
        assertInstanceOf(Decision.Deny.class, example.decide(outside.at(Stage.CALL).input()));
        assertEquals(new Decision.Allow(), example.decide(inside.at(Stage.CALL).input()));
        Rules opening = Rules.parse("r", "rules: [{name: a, on: [open], deny: 'true'}]");
        assertTrue(opening.concern(Stage.OPEN));
        assertFalse(opening.concern(Stage.CALL));
        assertEquals(new Decision.Allow(), opening.decide(inside.at(Stage.CALL).input()));
    }

    @Test
    void a_rule_that_cannot_be_evaluated_denies_and_is_named() {
        Rules rules = Sample.denying("account.grant[7].path == '/'");
        assertEquals(
                new Decision.Deny("x", "rule `x` could not be evaluated: index out of bounds: 7"),
                rules.decide(Sample.opening().input()));
    }

    @Test
    void an_approval_or_a_cap_that_cannot_be_evaluated_denies_too() {
        Rules rules =
                Rules.parse(
                        "r",
                        """
                        rules:
                          - {name: a, on: [open], approve: '1 / (account.calls - 100) == 1'}
                          - {name: b, on: [open], cap: {calls: 1}, when: 'account.grant[9].path == "/"'}
                        """);
        assertEquals(
                new Decision.Deny("a", "rule `a` could not be evaluated: / by zero"),
                rules.decide(Sample.opening().input()));
        assertEquals(
                new Decision.Deny("b", "rule `b` could not be evaluated: index out of bounds: 9"),
                rules.decide(Sample.opening().calls(101L).input()));
    }

    @Test
    void an_address_that_is_none_denies_whatever_the_rule_says() {
        assertEquals(
                new Decision.Deny(
                        "x", "rule `x` could not be evaluated: `unknown` is not an IP address"),
                Sample.denying("request.ip.in(['10.0.0.0/8'])")
                        .decide(Sample.opening().ip("unknown").input()));
    }

    @Test
    void rules_are_described_in_the_order_of_the_file() {
        List<RuleInfo> infos = example.describe();
        assertEquals(4, infos.size());
        assertEquals(
                new RuleInfo(
                        "verified-ranges-only",
                        Set.of(Stage.OPEN, Stage.CALL),
                        new Effect.Deny(),
                        "!request.ip.in(['10.0.0.0/8', '2001:db8::/32'])",
                        "Agents may only work from the office ranges."),
                infos.getFirst());
        assertEquals(new Effect.Approve("security"), infos.get(1).effect());
        assertEquals(new Effect.Approve("operator"), infos.get(2).effect());
        assertEquals(new Effect.Cap(new Caps(Duration.ofMinutes(15), 50L)), infos.get(3).effect());
    }
}
