package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.permission.AnswerLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedJsonFuzzTest {
    private static final AnswerLimits LIMITS = new AnswerLimits(List.of("/**/email"), 3);

    @FuzzTest
    void an_answer_goes_out_without_what_is_dropped_or_not_at_all_wherever_it_is_cut(byte[] input) {
        String whole = masked(input, input.length);
        assertEquals(whole, masked(input, input.length / 2));
        assertEquals(whole, masked(input, 1));
        if (!whole.equals("!")) {
            // Written anew it is read by the same rules, and nothing is left to drop.
            assertEquals(whole, masked(whole.getBytes(StandardCharsets.UTF_8), whole.length()));
            assertFalse(whole.replace("\\\"", "").contains("\"email\":"), whole);
        }
    }

    private static String masked(byte[] input, int first) {
        var json = new MaskedJson(LIMITS.mask());
        try {
            return text(json.next(Arrays.copyOfRange(input, 0, Math.min(first, input.length))))
                    + text(
                            json.next(
                                    Arrays.copyOfRange(
                                            input, Math.min(first, input.length), input.length)))
                    + text(json.rest());
        } catch (UnfitAnswer e) {
            return "!";
        }
    }

    // A part may end within a character.
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void a_damaged_answer_goes_out_without_what_is_dropped_or_not_at_all() {
        Check.forAll(
                10_000,
                random ->
                        an_answer_goes_out_without_what_is_dropped_or_not_at_all_wherever_it_is_cut(
                                Gen.mutated(
                                        random,
                                        "[{\"email\":\"a\",\"b\":[1,2.5,-3e7]},{\"c\":{\"email\":null,\"d\":\"\\u00e9\\n\"}},true]",
                                        "[]{}\",:\\/ emailbcd0159-.eEu\t\n")));
    }
}
