package dev.daypass.policy;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;

/// What the rules say. Deny wins over approval, approval over caps, caps over allow.
public sealed interface Decision {
    /// No rule objects.
    record Allow() implements Decision {}

    /// Refused.
    ///
    /// @param rule the first rule in the file that denies, or that could not be evaluated
    /// @param message for the agent
    record Deny(String rule, String message) implements Decision {}

    /// A human must agree first.
    ///
    /// @param needs one for each rule that asks, in the order of the file; never empty
    /// @param caps what applies once all have agreed
    record NeedsApproval(List<Need> needs, Caps caps) implements Decision {
        public NeedsApproval {
            needs = List.copyOf(needs);
        }
    }

    /// Allowed within bounds.
    ///
    /// @param caps the smallest of each
    /// @param rules the rules that set them, in the order of the file; never empty
    record Capped(Caps caps, List<String> rules) implements Decision {
        public Capped {
            rules = List.copyOf(rules);
        }
    }

    /// @param rule the rule that asks for approval
    /// @param by who may give it
    record Need(String rule, String by) {
        /// Whether an operator of this name may give it.
        public boolean metBy(String operator) {
            return by.equals(RuleFile.ANY_OPERATOR) || by.equals(operator);
        }

        public Json.Obj toJson() {
            return Json.object().put("rule", rule).put("by", by).build();
        }

        /// Reads what [#toJson()] writes.
        ///
        /// @throws dev.daypass.wire.WireException if it is something else
        public static Need fromJson(Json json) {
            JsonFields fields = JsonFields.of(json);
            var need = new Need(fields.string("rule"), fields.string("by"));
            fields.end();
            return need;
        }
    }
}
