package dev.daypass.permission;

import java.util.List;
import java.util.Map;

/// Whether a grant covers a request.
public sealed interface Coverage {
    /// Nothing that was looked at speaks against it.
    sealed interface Fits extends Coverage {
        /// The permission that covers it.
        Permission by();
    }

    /// @param by the permission that covers it
    record Covered(Permission by) implements Fits {}

    /// Line and query are covered; the body, which is bound, must be read.
    ///
    /// @param by the permission that may cover it
    record NeedsBody(Permission by) implements Fits {}

    /// The permission is for another path.
    record OtherPath() implements Coverage {}

    /// @param why what to tell the agent
    record NotCovered(String why) implements Coverage {}

    /// Compares one permission, whose method is known to fit, with a request.
    ///
    /// @param body where it is unread, a permission that bounds it covers nothing yet
    static Coverage of(Permission permission, CanonicalRequest request, RequestBody body) {
        return permission
                .path()
                .match(request.segments())
                .map(variables -> new Comparison(permission, variables, request, body).coverage())
                .orElseGet(OtherPath::new);
    }

    /// One permission and one request that fits its path.
    ///
    /// @param variables of the path
    record Comparison(
            Permission permission,
            Map<String, String> variables,
            CanonicalRequest request,
            RequestBody body) {

        private Coverage coverage() {
            boolean bindsBody = false;
            for (var bound : permission.constraints().entrySet()) {
                boolean inBody = bound.getKey().startsWith(Slots.BODY);
                bindsBody |= inBody;
                String objection =
                        inBody
                                ? new BoundMember(bound, permission, request).objection(body)
                                : objection(bound.getKey(), bound.getValue());
                if (!objection.isEmpty()) {
                    return new NotCovered(objection);
                }
            }
            for (String name : request.repeatedNames()) {
                if (!permission.repeats().contains(Slots.QUERY + name)) {
                    return new NotCovered(
                            "query parameter given twice where the operation takes it once");
                }
            }
            return bindsBody && body instanceof RequestBody.Unread
                    ? new NeedsBody(permission)
                    : new Covered(permission);
        }

        private String objection(String slot, Constraint bound) {
            List<String> values = values(slot);
            if (values.isEmpty() && !bound.mayBeMissing()) {
                return missing(slot, bound);
            }
            if (!values.stream().allMatch(bound::permits)) {
                return outside(slot, bound);
            }
            return slot.startsWith(Slots.QUERY) && givenUnderAnotherName(slot)
                    ? "a query parameter's name could be taken for `%s`".formatted(slot)
                    : "";
        }

        // Empty where the argument is not given, and where it travels in a place that is not read.
        private List<String> values(String slot) {
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
        private boolean givenUnderAnotherName(String slot) {
            String bound = slot.substring(Slots.QUERY.length());
            return request.queryNames().stream()
                    .anyMatch(name -> !name.equals(bound) && Slots.alike(name, bound));
        }
    }

    /// What to tell where a bound argument is not given.
    static String missing(String slot, Constraint bound) {
        return "`%s` must be given: this account is bound to %s"
                .formatted(slot, bound.toJson().text());
    }

    /// What to tell where an argument is not permitted.
    static String outside(String slot, Constraint bound) {
        return "`%s` is outside this account's bound %s".formatted(slot, bound.toJson().text());
    }
}
