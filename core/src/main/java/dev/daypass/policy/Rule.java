package dev.daypass.policy;

/// A rule, ready to be asked.
///
/// @param info as written
/// @param condition compiled
record Rule(RuleInfo info, Condition condition) {
    String refusal() {
        String message = info.message();
        return message != null ? message : "rule `%s` refuses this".formatted(info.name());
    }
}
