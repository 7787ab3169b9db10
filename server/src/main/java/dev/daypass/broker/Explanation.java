package dev.daypass.broker;

import dev.daypass.intent.Confined;
import dev.daypass.policy.Decision;
import java.time.Duration;
import java.util.List;

/// What opening an account would do.
public sealed interface Explanation {
    /// @param confined the grant and what is left out
    /// @param ttl how long it would live
    /// @param needs rules that would want a human
    record Yes(Confined confined, Duration ttl, List<Decision.Need> needs) implements Explanation {}

    /// @param why what would refuse it
    record No(Refusal why) implements Explanation {}
}
