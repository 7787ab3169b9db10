package dev.daypass.policy;

import dev.daypass.permission.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An opening by `buybot` at noon in Berlin from the office, and what tests change about it.
record Sample(
        Stage stage,
        String task,
        Duration ttl,
        @Nullable Long calls,
        List<GrantLeaf> grant,
        String ip,
        Instant time) {
    static final GrantLeaf SEARCH =
            new GrantLeaf("flights", "searchOffers", "GET", "/offers", Set.of(Trait.READ));
    static final GrantLeaf PAY =
            new GrantLeaf("shop", "pay", "POST", "/payments", Set.of(Trait.WRITE, Trait.MONEY));

    static Sample opening() {
        return new Sample(
                Stage.OPEN,
                "find the cheapest flight",
                Duration.ofMinutes(10),
                100L,
                List.of(SEARCH),
                "10.1.2.3",
                Instant.parse("2026-11-24T11:00:00Z"));
    }

    Sample at(Stage other) {
        return new Sample(other, task, ttl, calls, grant, ip, time);
    }

    Sample task(String other) {
        return new Sample(stage, other, ttl, calls, grant, ip, time);
    }

    Sample ttl(Duration other) {
        return new Sample(stage, task, other, calls, grant, ip, time);
    }

    Sample calls(@Nullable Long other) {
        return new Sample(stage, task, ttl, other, grant, ip, time);
    }

    Sample grant(List<GrantLeaf> other) {
        return new Sample(stage, task, ttl, calls, other, ip, time);
    }

    Sample ip(String other) {
        return new Sample(stage, task, ttl, calls, grant, other, time);
    }

    Sample time(String other) {
        return new Sample(stage, task, ttl, calls, grant, ip, Instant.parse(other));
    }

    PolicyInput input() {
        return new PolicyInput(
                stage,
                new AgentFacts("buybot", "spiffe://example.org/agent/buybot"),
                new AccountFacts("acc_1", task, ttl, calls, null, grant, null),
                new RequestFacts(ip, time, "POST", "/v1/accounts"));
    }

    /// Whether a deny rule of that condition refuses this; fails if it has no answer.
    boolean satisfies(String condition) {
        Decision decision = denying(condition).decide(input());
        if (decision instanceof Decision.Deny(var _, var message) && !message.equals("told")) {
            throw new AssertionError(condition + ": " + message);
        }
        return decision instanceof Decision.Deny;
    }

    /// One rule `x` on every stage that denies where the condition holds.
    static Rules denying(String condition) {
        return Rules.parse("rules.yaml", denyingYaml(condition));
    }

    static String denyingYaml(String condition) {
        return """
        rules:
          - name: x
            on: [open]
            deny: "%s"
            message: told
        """
                .formatted(condition.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
