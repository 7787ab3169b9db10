package dev.daypass.permission;

import java.util.Map;

/// A bound on one member of a JSON body, and the rest of the request that could get around it.
///
/// @param slot `body.` and the member's name
/// @param constraint what is permitted
/// @param permission that holds the bound
/// @param request the line of the request
record BoundMember(
        String slot, Constraint constraint, Permission permission, CanonicalRequest request) {
    BoundMember(
            Map.Entry<String, Constraint> bound, Permission permission, CanonicalRequest request) {
        this(bound.getKey(), bound.getValue(), permission, request);
    }

    /// Why the request is not covered; empty if the bound holds, or the body is still to be read.
    String objection(RequestBody body) {
        if (request.method().safe()) {
            return Coverage.missing(slot, constraint)
                    + ", and a body of %s is not read".formatted(request.method());
        }
        if (givenInQuery()) {
            return "a query parameter's name could be taken for `%s`".formatted(slot);
        }
        return switch (body) {
            case RequestBody.Unread _ -> "";
            case RequestBody.Unreadable(var why) -> why;
            case RequestBody.Members(var members) -> objection(members);
        };
    }

    private String name() {
        return slot.substring(Slots.BODY.length());
    }

    private String objection(Map<String, RequestBody.Given> members) {
        String name = name();
        if (members.keySet().stream()
                .anyMatch(other -> !other.equals(name) && Slots.alikeInBody(other, name))) {
            return "the name of a member of the body could be taken for `%s`".formatted(slot);
        }
        return switch (members.get(name)) {
            case null -> constraint.mayBeMissing() ? "" : Coverage.missing(slot, constraint);
            case RequestBody.Given.Other(var why) -> "`%s` %s".formatted(slot, why);
            case RequestBody.Given.Values(var values) ->
                    values.stream().allMatch(constraint::permits)
                            ? ""
                            : Coverage.outside(slot, constraint);
        };
    }

    // Some services read one argument from the query and from the body. A parameter that the
    // permission itself bounds is judged there.
    private boolean givenInQuery() {
        return request.queryNames().stream()
                .anyMatch(given ->
                        Slots.alikeInBody(given, name())
                                && !permission.constraints().containsKey(Slots.QUERY + given));
    }
}
