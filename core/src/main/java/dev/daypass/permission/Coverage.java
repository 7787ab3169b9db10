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
            List<String> values = values(slot, variables, request);
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
            if (slot.startsWith(Slots.QUERY) && givenUnderAnotherName(slot, request)) {
                return new NotCovered(
                        "a query parameter's name could be taken for `%s`".formatted(slot));
            }
        }
        for (String name : request.repeatedNames()) {
            if (!permission.repeats().contains(Slots.QUERY + name)) {
                return new NotCovered(
                        "query parameter given twice where the operation takes it once");
            }
        }
        return new Covered(permission);
    }

    // Empty where the argument is not given, and where it travels in a place that is not read here.
    private static List<String> values(
            String slot, Map<String, String> variables, CanonicalRequest request) {
        if (slot.startsWith(Slots.QUERY)) {
            return request.queryValues(slot.substring(Slots.QUERY.length()));
        }
        String value =
                slot.startsWith(Slots.PATH)
                        ? variables.get(slot.substring(Slots.PATH.length()))
                        : null;
        return value == null ? List.of() : List.of(value);
    }

    // The service might read `From` or `from[]` where the bound is on `from`.
    private static boolean givenUnderAnotherName(String slot, CanonicalRequest request) {
        String bound = slot.substring(Slots.QUERY.length());
        return request.queryNames().stream()
                .anyMatch(name -> !name.equals(bound) && Slots.alike(name, bound));
    }
}
