package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintFuzzTest {
    private static final List<String> FORMS =
            List.of(
                    "[\"a\",\"b\"]",
                    "{\"min\":\"-3\",\"max\":\"320.5\",\"max_length\":9}",
                    "{\"prefix\":\"/reports/\",\"matches\":\"[a-z/]+(x|y)?\"}",
                    "{\"matches\":[\"a+\",\"[^b]*\"],\"max_length\":12}",
                    "{\"if_given\":{\"equals\":\"a\"}}",
                    "{\"if_given\":[]}");

    @FuzzTest
    void a_constraint_is_refused_with_a_reason_or_is_in_normal_form_when_written(byte[] input) {
        Json json;
        Constraint constraint;
        try {
            json = Json.parse(input, JsonLimits.DEFAULT);
            constraint = Constraint.fromJson(json);
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return;
        }
        assertEquals(constraint, Constraint.fromJson(constraint.toJson()));
        assertEquals(constraint, Constraint.both(constraint, constraint));
        assertTrue(constraint.within(constraint));
        assertFalse(constraint.words().isEmpty());
        constraint.permits("x".repeat(Matches.TEXT_CHARS_MAX)); // whatever it says, it says it
    }

    @Test
    void a_damaged_constraint_is_refused_with_a_reason_or_is_in_normal_form_when_written() {
        Check.forAll(
                20_000,
                random ->
                        a_constraint_is_refused_with_a_reason_or_is_in_normal_form_when_written(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, FORMS),
                                        "[]{}()\",:ab01-.*+?|\\^$minxequalsprefix_gv")));
    }
}
