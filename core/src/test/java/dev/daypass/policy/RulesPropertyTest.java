package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesPropertyTest {
    private static final int ROUNDS = 30;
    private static final List<String> CONDITIONS =
            List.of(
                    "true",
                    "false",
                    "account.ttl > duration('1h')",
                    "request.ip.in(['10.0.0.0/8'])",
                    "!request.ip.in(['10.0.0.0/8', '2001:db8::/32'])",
                    "account.grant.exists(g, 'money' in g.traits)",
                    "request.time.getHours('Europe/Berlin') < 6",
                    "account.grant[1].method == 'POST'",
                    "1 / (account.calls - 100) > 0",
                    "account.task.matches('flight')");
    private static final List<String> SCRAPS =
            List.of(
                    "account",
                    "request",
                    "agent",
                    ".",
                    "ttl",
                    "ip",
                    "grant",
                    "in",
                    "(",
                    ")",
                    "[",
                    "]",
                    "'10.0.0.0/8'",
                    "'",
                    "\"",
                    "\\",
                    "&&",
                    "||",
                    "!",
                    "==",
                    "exists",
                    "matches",
                    ",",
                    "g",
                    "1",
                    "9e99",
                    "duration",
                    "{",
                    "}",
                    "?",
                    ":",
                    "//",
                    "\n",
                    "ä",
                    "😀",
                    "r'",
                    "'''",
                    "+",
                    "-",
                    "%",
                    "0x",
                    "u",
                    "null",
                    "true",
                    " ",
                    "@result",
                    "`",
                    "#",
                    "|",
                    ">");

    private final long seed = seed();
    private final Random random = new Random(seed);

    private static long seed() {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        System.out.println("RulesPropertyTest -Dseed=" + seed);
        return seed;
    }

    @Test
    void one_more_deny_rule_never_turns_a_denial_into_something_else() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> rules = rules(random.nextInt(6));
            List<String> more = new ArrayList<>(rules);
            more.add(
                    random.nextInt(rules.size() + 1),
                    "{name: more, on: [open], deny: \"%s\"}".formatted(pick(CONDITIONS)));
            PolicyInput input = input();
            Decision before = parse(rules).decide(input);
            Decision after = parse(more).decide(input);
            if (before instanceof Decision.Deny) {
                assertInstanceOf(Decision.Deny.class, after, () -> told(more, input));
            } else if (!(after instanceof Decision.Deny)) {
                assertEquals(before, after, () -> told(more, input));
            }
        }
    }

    @Test
    void the_order_of_rules_does_not_change_the_kind_of_decision() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> rules = rules(1 + random.nextInt(6));
            List<String> shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);
            PolicyInput input = input();
            Decision one = parse(rules).decide(input);
            Decision other = parse(shuffled).decide(input);
            assertEquals(one.getClass(), other.getClass(), () -> told(rules, input));
            assertEquals(caps(one), caps(other), () -> told(rules, input));
        }
    }

    @Test
    void equal_facts_give_an_equal_decision() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> rules = rules(1 + random.nextInt(6));
            PolicyInput input = input();
            assertEquals(
                    parse(rules).decide(input),
                    parse(rules).decide(input),
                    () -> told(rules, input));
        }
    }

    @Test
    void scraps_of_conditions_are_read_or_refused_with_their_place() {
        for (int round = 0; round < 150; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(24); i >= 0; i--) {
                text.append(pick(SCRAPS));
            }
            String yaml = scalar(text.toString());
            try {
                assertNotNull(Rules.parse("r", yaml).decide(input()));
            } catch (WireException e) {
                String message = String.valueOf(e.getMessage());
                if (!message.matches("(?s)r:\\d+:\\d+: .*")) {
                    throw new AssertionError("-Dseed=%d %s: %s".formatted(seed, yaml, message), e);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=%d %s".formatted(seed, yaml), e);
            }
        }
    }

    private String scalar(String text) {
        String head = "rules:\n  - name: x\n    on: [open]\n    deny: ";
        return switch (random.nextInt(3)) {
            case 0 -> head + text + "\n";
            case 1 -> head + "'" + text.replace("'", "''").replace("\n", " ") + "'\n";
            default -> head + "|\n      " + text.replace("\n", "\n      ") + "\n";
        };
    }

    private List<String> rules(int count) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String condition = pick(CONDITIONS);
            String effect =
                    switch (random.nextInt(4)) {
                        case 0 -> "deny: \"%s\"".formatted(condition);
                        case 1 -> "approve: \"%s\"".formatted(condition);
                        case 2 ->
                                "cap: {ttl: %dm}, when: \"%s\""
                                        .formatted(1 + random.nextInt(9), condition);
                        default ->
                                "cap: {calls: %d}, when: \"%s\""
                                        .formatted(1 + random.nextInt(9), condition);
                    };
            out.add("{name: r%d, on: [open], %s}".formatted(i, effect));
        }
        return out;
    }

    private PolicyInput input() {
        return Sample.opening()
                .ttl(Duration.ofMinutes(random.nextInt(120)))
                .calls(random.nextBoolean() ? null : 98L + random.nextInt(5))
                .grant(
                        random.nextBoolean()
                                ? List.of(Sample.SEARCH)
                                : List.of(Sample.SEARCH, Sample.PAY))
                .ip(pick(List.of("10.1.2.3", "2001:db8::1", "192.0.2.1", "nowhere")))
                .time(pick(List.of("2026-11-24T03:00:00Z", "2026-11-24T12:00:00Z")))
                .input();
    }

    private static Caps caps(Decision decision) {
        return switch (decision) {
            case Decision.Allow _, Decision.Deny _ -> Caps.none();
            case Decision.NeedsApproval(var _, var caps) -> caps;
            case Decision.Capped(var caps, var _) -> caps;
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Rules parse(List<String> rules) {
        return Rules.parse("r", "rules: [" + String.join(", ", rules) + "]");
    }

    private String told(List<String> rules, PolicyInput input) {
        return "-Dseed=%d %s %s".formatted(seed, rules, input);
    }
}
