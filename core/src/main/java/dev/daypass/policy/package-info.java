/// Rules over accounts and calls, and what they decide.
///
/// An operator writes rules in YAML with conditions in CEL; [Rules#parse] checks the whole file,
/// types included, and refuses it with line and column where anything is wrong. [Rules#decide] then
/// takes facts and returns a [Decision]. It has no clock and does no I/O: equal facts, equal
/// decision.
@NullMarked
package dev.daypass.policy;

import org.jspecify.annotations.NullMarked;
