package dev.daypass.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rule, to be shown.
///
/// @param name unique in its file
/// @param on when it is asked
/// @param effect what it does where the condition holds
/// @param condition in CEL, as written
/// @param message what the agent is told, if the file says
public record RuleInfo(
        String name, Set<Stage> on, Effect effect, String condition, @Nullable String message) {
    public RuleInfo {
        on = Set.copyOf(on);
    }
}
