package dev.daypass.policy;

/// A compiled condition.
interface Condition {
    /// @throws ConditionFailed if it has no answer for these facts
    boolean holds(FactValues facts);
}
