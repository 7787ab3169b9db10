package dev.daypass.broker;

import dev.daypass.intent.Confined;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.policy.Decision;
import dev.daypass.store.Correction;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What opening an account would do.
public sealed interface Explanation {
    /// @param confined the grant and what is left out
    /// @param ttl how long it would live
    /// @param needs rules that would want a human
    /// @param corrections what operators said of operations
    /// @param facts why each operation of it has its traits, as its document has it
    record Yes(
            Confined confined,
            Duration ttl,
            List<Decision.Need> needs,
            Map<OperationId, Correction> corrections,
            Map<OperationId, Map<Trait, String>> facts)
            implements Explanation {}

    /// @param why what would refuse it
    record No(Refusal why) implements Explanation {}
}
