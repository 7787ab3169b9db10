package dev.daypass.permission;

import java.util.List;
import java.util.Map;

/// Whether a grant covers a request.
public sealed interface Coverage {
    /// @param by the permission that covers it
    record Covered(Permission by) implements Coverage {}

    /// The permission is for another path.
    record OtherPath() implements Coverage {}

    /// @param why what to tell the agent
    record NotCovered(String why) implements Coverage {}

    /// Compares one permission, whose method is known to fit, with a request.
    static Coverage of(Permission permission, CanonicalRequest request) {
        return permission
                .path()
                .match(request.segments())
                .map(variables -> arguments(permission, variables, request))
                .orElseGet(OtherPath::new);
    }

    private static Coverage arguments(
            Permission permission, Map<String, String> variables, CanonicalRequest request) {
        for (var bound : permission.constraints().entrySet()) {
            String slot = bound.getKey();
            List<String> values =
                    slot.startsWith("path.")
                            ? List.of(variables.getOrDefault(slot.substring(5), ""))
                            : slot.startsWith("query.")
                                    ? request.queryValues(slot.substring(6))
                                    : List.of();
            if (values.isEmpty()) {
                return new NotCovered(
                        "`%s` must be given: this account is bound to %s"
                                .formatted(slot, bound.getValue().toJson().text()));
            }
            if (!values.stream().allMatch(bound.getValue()::permits)) {
                return new NotCovered(
                        "`%s` is outside this account's bound %s"
                                .formatted(slot, bound.getValue().toJson().text()));
            }
        }
        for (String name : request.repeatedNames()) {
            if (!permission.repeats().contains("query." + name)) {
                return new NotCovered(
                        "query parameter given twice where the operation takes it once");
            }
        }
        return new Covered(permission);
    }
}
