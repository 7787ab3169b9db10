package dev.daypass.policy;

import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
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

    /// As operators are told: `effect` is `deny`, `approve` (with `by`) or `cap` (with `ttl`,
    /// `calls` or both).
    public Json.Obj toJson() {
        JsonObjectBuilder out =
                Json.object()
                        .put("name", name)
                        .put("on", Json.strings(on.stream().sorted().map(Stage::word).toList()));
        switch (effect) {
            case Effect.Deny() -> out.put("effect", "deny");
            case Effect.Approve(var by) -> out.put("effect", "approve").put("by", by);
            case Effect.Cap(Caps(var ttl, var calls)) ->
                    out.put("effect", "cap")
                            .put("ttl", ttl == null ? null : Durations.text(ttl))
                            .put("calls", calls == null ? null : Json.of(calls));
        }
        return out.put("condition", condition).put("message", message).build();
    }
}
