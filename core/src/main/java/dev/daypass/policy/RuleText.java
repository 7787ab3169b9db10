package dev.daypass.policy;

/// A rule as read from a file, its condition not yet compiled.
///
/// @param info as written
/// @param condition where the condition stands
record RuleText(RuleInfo info, ConditionText condition) {}
