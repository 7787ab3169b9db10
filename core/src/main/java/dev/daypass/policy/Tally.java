package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what the rules say into one decision.
final class Tally {
    private static final int REASON_CHARS_MAX = 200;

    private final List<Decision.Need> needs = new ArrayList<>();
    private final List<String> capping = new ArrayList<>();
    private Caps caps = Caps.none();
    private Decision.@Nullable Deny denial;

    /// The rule's condition holds.
    void add(Rule rule) {
        String name = rule.info().name();
        switch (rule.info().effect()) {
            case Effect.Deny() -> deny(name, rule.refusal());
            case Effect.Approve(var by) -> needs.add(new Decision.Need(name, by));
            case Effect.Cap(var more) -> {
                caps = caps.and(more);
                capping.add(name);
            }
        }
    }

    /// The rule's condition has no answer. Whatever its effect would have been, it denies.
    void failed(Rule rule, ConditionFailed why) {
        String name = rule.info().name();
        deny(name, "rule `%s` could not be evaluated: %s".formatted(name, reason(why)));
    }

    boolean denied() {
        return denial != null;
    }

    Decision decision() {
        if (denial != null) {
            return denial;
        }
        if (!needs.isEmpty()) {
            return new Decision.NeedsApproval(needs, caps);
        }
        return capping.isEmpty() ? new Decision.Allow() : new Decision.Capped(caps, capping);
    }

    private void deny(String rule, String message) {
        if (denial == null) {
            denial = new Decision.Deny(rule, message);
        }
    }

    private static String reason(ConditionFailed why) {
        String text = String.valueOf(why.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX) + "…";
    }
}
