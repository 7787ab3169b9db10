package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import dev.daypass.permission.AnswerLimits;
import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskedJsonTest {
    private static final AnswerLimits EMAIL = new AnswerLimits(List.of("/**/email"), 3);

    private static String masked(AnswerLimits limits, byte[] answer, List<Integer> cuts) {
        var json = new MaskedJson(limits.mask());
        var out = new ByteArrayOutputStream();
        int from = 0;
        for (int cut : cuts) {
            out.writeBytes(json.next(Arrays.copyOfRange(answer, from, cut)));
            from = cut;
        }
        out.writeBytes(json.next(Arrays.copyOfRange(answer, from, answer.length)));
        out.writeBytes(json.rest());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String masked(AnswerLimits limits, String answer) {
        return masked(limits, answer.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Test
    void every_vector_goes_out_as_it_should_or_fails_wherever_it_is_cut() {
        for (var vector : Vectors.of("constraints/answers.json")) {
            AnswerLimits limits =
                    AnswerLimits.fromJson(Objects.requireNonNull(vector.fields().take("limits")));
            byte[] answer = vector.fields().string("answer").getBytes(StandardCharsets.UTF_8);
            String out = vector.fields().stringOrNull("out");
            String fails = vector.fields().stringOrNull("fails");
            vector.fields().end();
            for (List<Integer> cuts : cuts(answer.length)) {
                String got = outcome(limits, answer, cuts);
                assertEquals(out == null ? "! " + fails : out, got, vector.name() + " " + cuts);
            }
        }
    }

    private static String outcome(AnswerLimits limits, byte[] answer, List<Integer> cuts) {
        try {
            return masked(limits, answer, cuts);
        } catch (UnfitAnswer e) {
            return "! " + e.getMessage();
        }
    }

    // In one piece, in two, cut at every byte, and byte by byte.
    private static List<List<Integer>> cuts(int length) {
        var out = new ArrayList<List<Integer>>();
        var all = new ArrayList<Integer>();
        out.add(List.of());
        for (int at = 0; at < length; at++) {
            out.add(List.of(at));
            all.add(at);
        }
        out.add(all);
        return out;
    }

    @Test
    void nothing_that_is_dropped_goes_out_however_the_answer_is_damaged() {
        Check.forAll(
                5_000,
                random -> {
                    byte[] damaged =
                            Gen.mutated(
                                    random,
                                    "[{\"email\":\"SECRET\",\"a\":[1,2]},{\"b\":{\"email\":[\"SECRET\"],\"c\":null}}]",
                                    "[]{}\",:\\/ ue1-.");
                    String out = outcome(EMAIL, damaged, random(random, damaged.length));
                    // A damaged name is another name, whose value goes out.
                    boolean named =
                            new String(damaged, StandardCharsets.ISO_8859_1)
                                            .split("\"email\":", -1)
                                            .length
                                    == 3;
                    assertTrue(!named || out.startsWith("!") || !out.contains("SECRET"), out);
                });
    }

    private static List<Integer> random(Random random, int length) {
        return Gen.list(random, 4, r -> r.nextInt(length + 1)).stream().sorted().toList();
    }

    @Test
    void whatever_goes_out_whole_is_json_that_is_read_in_one_way_only() {
        Check.forAll(
                5_000,
                random -> {
                    byte[] damaged =
                            Gen.mutated(
                                    random,
                                    "{\"a\":[1,-2.5e3,\"é\\u00e9\\n\"],\"b\":{\"email\":1},\"c\":true}",
                                    "[]{}\",:\\/ ue1-.");
                    String out = outcome(EMAIL, damaged, random(random, damaged.length));
                    if (!out.startsWith("!")) {
                        Json.parse(out);
                        assertEquals(out, masked(EMAIL, out));
                    }
                });
    }

    @Test
    void what_would_take_too_much_memory_is_refused() {
        String text = "[\"" + "a".repeat(MaskedJson.TEXT_CHARS_MAX) + "\"]";
        assertEquals(text, masked(EMAIL, text));
        for (String answer :
                List.of(
                        text.replace("]", "") + "a\"]",
                        "[\"" + "a".repeat(MaskedJson.TEXT_CHARS_MAX + 1) + "\"]",
                        "{\"" + "a".repeat(MaskedJson.NAME_CHARS_MAX + 5) + "\":1}",
                        "[" + "1".repeat(1_001) + "]",
                        "[".repeat(MaskedJson.DEPTH_MAX + 1),
                        names(MaskedJson.NAMES_MAX + 1))) {
            assertThrows(UnfitAnswer.class, () -> masked(EMAIL, answer));
        }
        masked(EMAIL, names(MaskedJson.NAMES_MAX));
        String many = "{\"a\":" + names(60_000) + ",\"b\":" + names(60_000) + "}";
        assertEquals(many, masked(EMAIL, many));
    }

    private static String names(int count) {
        var out = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",").append('"').append(i).append("\":1");
        }
        return out.append('}').toString();
    }

    @Test
    void a_refusal_repeats_nothing_of_the_answer() {
        assertEquals(
                "the answer is not well-formed json",
                assertThrows(UnfitAnswer.class, () -> masked(EMAIL, "{\"a\":ana-secret}"))
                        .getMessage());
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        for (byte[] flawed :
                List.of(
                        new byte[] {'"', (byte) 0xff, '"'},
                        new byte[] {'"', (byte) 0xe9, '"'},
                        "{\"email\":1}".getBytes(StandardCharsets.UTF_16BE),
                        "{\"email\":1}".getBytes(StandardCharsets.UTF_16LE))) {
            assertThrows(UnfitAnswer.class, () -> masked(EMAIL, flawed, List.of()));
        }
    }
}
