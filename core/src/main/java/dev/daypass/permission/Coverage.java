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
                Slot slot = Slot.of(bound.getKey());
                bindsBody |= slot instanceof Slot.InBody;
                String objection = objection(slot, bound.getValue());
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
            if (!permission.answer().isNone() && answersTexts()) {
                return new NotCovered(
                        "what an mcp server answers to this cannot be limited, and this account sees less than all of it");
            }
            return bindsBody && body instanceof RequestBody.Unread
                    ? new NeedsBody(permission)
                    : new Covered(permission);
        }

        /// Tools and documents may answer with JSON; prompts, and what a server asks, do not.
        private boolean answersTexts() {
            String path = permission.path().toString();
            return path.startsWith(Operation.MCP)
                    && !path.startsWith(Operation.TOOLS)
                    && !path.equals(Operation.DOCUMENTS);
        }

        private String objection(Slot slot, Constraint bound) {
            return switch (slot) {
                case Slot.InPath(var variable) -> {
                    String value = variables.get(variable);
                    yield objection(slot, bound, value == null ? List.of() : List.of(value));
                }
                case Slot.InQuery(var name) -> {
                    String objection = objection(slot, bound, request.queryValues(name));
                    yield objection.isEmpty() && givenUnderAnotherName(name)
                            ? "a query parameter's name could be taken for `%s`"
                                    .formatted(slot.text())
                            : objection;
                }
                case Slot.InHeader(var name) ->
                        new BoundField(name, bound).objection(request.fields());
                case Slot.InBody(var at) ->
                        new BoundMember(at, bound, permission, request).objection(body);
                case Slot.Nowhere(var text, var why) -> "`%s` %s".formatted(text, why);
            };
        }

        private static String objection(Slot slot, Constraint bound, List<String> values) {
            if (values.isEmpty()) {
                return bound.mayBeMissing() ? "" : missing(slot.text(), bound);
            }
            for (String value : values) {
                if (!bound.permits(value)) {
                    return outside(slot.text(), bound);
                }
            }
            return "";
        }

        // The service might read `From` or `from[]` where the bound is on `from`.
        private boolean givenUnderAnotherName(String bound) {
            for (CanonicalRequest.Pair pair : request.query()) {
                if (!pair.name().equals(bound) && Slots.alike(pair.name(), bound)) {
                    return true;
                }
            }
            return false;
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
