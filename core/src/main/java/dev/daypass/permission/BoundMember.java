package dev.daypass.permission;

import java.util.List;

/// A bound on a place in a JSON body, and the rest of the request that could get around it.
///
/// @param at the place
/// @param constraint what is permitted
/// @param permission that holds the bound
/// @param request the line of the request
record BoundMember(
        BodyPointer at, Constraint constraint, Permission permission, CanonicalRequest request) {
    /// Why the request is not covered; empty if the bound holds, or the body is still to be read.
    String objection(RequestBody body) {
        if (request.method().safe()) {
            return Coverage.missing(at.slot(), constraint)
                    + ", and a body of %s is not read".formatted(request.method());
        }
        if (givenInQuery()) {
            return "a query parameter's name could be taken for `%s`".formatted(at.slot());
        }
        return switch (body) {
            case RequestBody.Unread _ -> "";
            case RequestBody.Unreadable(var why) -> why;
            case RequestBody.Members members -> objection(at.in(members));
        };
    }

    private String objection(BodyPointer.Found found) {
        if (found.alike()) {
            return "the name of a member of the body could be taken for `%s`".formatted(at.slot());
        }
        if (!found.objection().isEmpty()) {
            return "`%s` %s".formatted(at.slot(), found.objection());
        }
        if (found.missing() && !constraint.mayBeMissing()) {
            return Coverage.missing(at.slot(), constraint);
        }
        return found.values().stream().allMatch(constraint::permits)
                ? ""
                : Coverage.outside(at.slot(), constraint);
    }

    // Some services read one argument from the query and from the body, `order[total]` and
    // `order.total` for what lies deeper. A parameter that the permission itself bounds is judged
    // there.
    private boolean givenInQuery() {
        List<String> names = List.of(at.first(), at.dotted());
        return request.queryNames().stream()
                .anyMatch(given ->
                        names.stream().anyMatch(name -> Slots.alikeInBody(given, name))
                                && !permission.constraints().containsKey(Slots.QUERY + given));
    }
}
