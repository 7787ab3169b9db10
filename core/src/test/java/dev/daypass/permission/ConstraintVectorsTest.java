package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Vectors;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Constraints on every kind of argument: what is covered, and why the rest is not.
class ConstraintVectorsTest {
    private static final Map<String, String> FAILURES =
            Map.ofEntries(
                    Map.entry("outside", "is outside this account's bound"),
                    Map.entry("missing", "must be given: this account is bound to"),
                    Map.entry("alike", "could be taken for"),
                    Map.entry("twice", "is given twice"),
                    Map.entry("read-differently", "which servers read differently"),
                    Map.entry("connection", "is named by `Connection`, which takes it away"),
                    Map.entry("not-bound", "is a header field that the edge takes away or sets"),
                    Map.entry("no-slot", "is none of path.NAME, query.NAME"),
                    Map.entry("no-body", "and a body of GET is not read"),
                    Map.entry("number", "write it plainly"),
                    Map.entry("unreadable", "the body cannot be read in one way only"),
                    Map.entry("shape", "is bound in"));

    @Test
    void every_value_is_permitted_or_not_and_every_flawed_constraint_is_told() {
        for (var vector : Vectors.of("constraints/values.json")) {
            JsonFields fields = vector.fields();
            Json constraint = fields.take("constraint");
            assertNotNull(constraint, vector.name());
            String fails = fields.stringOrNull("fails");
            if (fails != null) {
                var refusal =
                        assertThrows(
                                WireException.class,
                                () -> Constraint.fromJson(constraint),
                                vector.name());
                assertEquals(fails, refusal.getMessage(), vector.name());
            } else {
                assertEquals(
                        fields.booleanOr("permitted", false),
                        Constraint.fromJson(constraint).permits(fields.string("value")),
                        vector.name());
            }
            fields.end();
        }
    }

    @Test
    void every_request_is_covered_or_refused_for_its_reason() {
        var met = new TreeSet<String>();
        for (var vector : Vectors.of("constraints/requests.json")) {
            String fails = vector.fields().stringOrNull("fails");
            Coverage coverage = coverage(vector.fields());
            if (fails == null) {
                assertInstanceOf(Coverage.Covered.class, coverage, vector.name());
            } else if (fails.equals("other-path")) {
                assertInstanceOf(Coverage.OtherPath.class, coverage, vector.name());
            } else {
                met.add(fails);
                String why =
                        assertInstanceOf(Coverage.NotCovered.class, coverage, vector.name()).why();
                assertTrue(
                        why.contains(String.valueOf(FAILURES.get(fails))),
                        () -> vector.name() + ": " + why);
            }
            vector.fields().end();
        }
        assertEquals(new TreeSet<>(FAILURES.keySet()), met);
    }

    private static Coverage coverage(JsonFields vector) {
        var constraints = new TreeMap<String, Constraint>();
        if (vector.take("constraints") instanceof Json.Obj(var members)) {
            members.forEach((slot, bound) ->
                    constraints.merge(slot, Constraint.fromJson(bound), Constraint::both));
        }
        HttpMethod method = HttpMethod.of(vector.string("method")).orElseThrow();
        var permission =
                new Permission(
                        new OperationId(new ServiceId("shop"), "it"),
                        method,
                        PathTemplate.parse(vector.string("path")),
                        constraints,
                        List.of());
        List<Map.Entry<String, String>> headers =
                vector.items("headers").stream().map(ConstraintVectorsTest::field).toList();
        String body = vector.stringOrNull("body");
        return Coverage.of(
                permission,
                CanonicalRequest.parse(method, vector.string("target")).with(headers),
                body == null
                        ? RequestBody.none()
                        : RequestBody.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map.Entry<String, String> field(Json pair) {
        if (pair instanceof Json.Arr(var items)
                && items.getFirst() instanceof Json.Str(var name)
                && items.getLast() instanceof Json.Str(var value)) {
            return Map.entry(name, value);
        }
        throw new IllegalStateException("not a field: " + pair);
    }
}
