package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Vectors;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static final Map<String, String> FAILURES =
            Map.of(
                    "out-of-range", "beyond the range of a double",
                    "rounded", "a whole number that a double would round",
                    "exponent", "exponent beyond 1000",
                    "lone-surrogate", "surrogate",
                    "duplicate", "Duplicate field",
                    "trailing", "trailing bytes",
                    "byte-order-mark", "byte order mark",
                    "malformed", "");

    @Test
    void every_vector_has_its_form_or_its_failure() {
        for (var vector : Vectors.of("canonical-json.json")) {
            String json = vector.fields().string("json");
            String canonical = vector.fields().stringOrNull("canonical");
            if (canonical != null) {
                assertEquals(canonical, CanonicalJson.text(Json.parse(json)), vector.name());
            } else {
                fails(vector.name(), json, vector.fields().string("fails"));
            }
            vector.fields().end();
        }
    }

    private static void fails(String name, String json, String failure) {
        String expected = FAILURES.get(failure);
        assertTrue(expected != null, name);
        WireException refusal =
                assertThrows(WireException.class, () -> CanonicalJson.text(Json.parse(json)), name);
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(String.valueOf(expected)), name + ": " + message);
    }

    @Test
    void a_canonical_form_is_a_fixed_point_and_does_not_depend_on_order() {
        Check.forAll(
                1_000,
                random -> {
                    Json value = canonicalisable(RandomJson.value(random, 4));
                    String canonical = CanonicalJson.text(value);

                    assertEquals(canonical, CanonicalJson.text(Json.parse(canonical)));
                    assertEquals(canonical, CanonicalJson.text(shuffled(value, random)));
                    assertArrayEquals(
                            canonical.getBytes(StandardCharsets.UTF_8), CanonicalJson.bytes(value));
                });
    }

    @Test
    void different_values_have_different_forms() {
        Check.forAll(
                1_000,
                random -> {
                    Json a = canonicalisable(RandomJson.value(random, 2));
                    Json b = canonicalisable(RandomJson.value(random, 2));

                    assertEquals(a.equals(b), CanonicalJson.text(a).equals(CanonicalJson.text(b)));
                });
    }

    @Test
    void a_number_has_the_fewest_digits_that_read_back_as_its_double() {
        Check.forAll(
                3_000,
                random -> {
                    double value = RandomJson.finite(random);
                    if (random.nextInt(4) == 0) {
                        value = Double.longBitsToDouble(random.nextLong(2_000));
                    }
                    var written =
                            Math.abs(value) < 0x1p53
                                    ? new BigDecimal(value).round(DIGITS)
                                    : new BigDecimal(Double.toString(value));
                    String text = CanonicalJson.text(new Json.Num(written));

                    assertEquals(value, Double.parseDouble(text));
                    assertEquals(0, new BigDecimal(text).compareTo(fewestDigits(value)), text);
                });
    }

    @Test
    void a_whole_number_is_written_as_it_is_or_not_at_all() {
        Check.forAll(
                2_000,
                random -> {
                    long value = random.nextLong() >> random.nextInt(64);
                    boolean exact =
                            BigDecimal.valueOf((double) value).compareTo(BigDecimal.valueOf(value))
                                    == 0;

                    if (Math.abs((double) value) < 0x1p53) {
                        assertEquals(Long.toString(value), CanonicalJson.text(Json.of(value)));
                    } else if (!exact) {
                        assertThrows(WireException.class, () -> CanonicalJson.text(Json.of(value)));
                    }
                });
    }

    @Test
    void a_number_that_was_not_read_but_made_does_not_exhaust_anything() {
        for (String huge :
                List.of("1e1000000000", "-1e2147483647", "123e2147483647", "1e-2147483647")) {
            var number = new Json.Num(new BigDecimal(huge));
            if (huge.contains("e-")) {
                assertEquals("0", CanonicalJson.text(number));
            } else {
                assertThrows(WireException.class, () -> CanonicalJson.text(number));
            }
        }
    }

    @Test
    void a_text_that_was_not_read_but_made_with_half_a_character_has_no_form() {
        assertThrows(WireException.class, () -> CanonicalJson.text(Json.of("\ud800")));
        assertThrows(
                WireException.class,
                () -> CanonicalJson.bytes(Json.object().put("a\udfff", 1).build()));
    }

    private static final MathContext DIGITS = new MathContext(40);

    // The slow and obvious way: one digit more until one of the two neighbours reads back.
    private static BigDecimal fewestDigits(double value) {
        var exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downReads = down.doubleValue() == value;
            boolean upReads = up.doubleValue() == value;
            if (downReads || upReads) {
                BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
                boolean nearestReads = nearest.compareTo(down) == 0 ? downReads : upReads;
                return nearestReads ? nearest : downReads ? down : up;
            }
        }
    }

    // Numbers that a double holds: those of RandomJson go further.
    private static Json canonicalisable(Json value) {
        return switch (value) {
            case Json.Num(var number) -> {
                double nearest = number.doubleValue();
                yield new Json.Num(
                        Double.isFinite(nearest)
                                ? new BigDecimal(Double.toString(nearest))
                                : BigDecimal.ONE);
            }
            case Json.Arr(var items) ->
                    Json.array(items.stream().map(CanonicalJsonTest::canonicalisable).toList());
            case Json.Obj(var members) -> {
                var out = new LinkedHashMap<String, Json>();
                members.forEach((name, member) -> out.put(name, canonicalisable(member)));
                yield Json.obj(out);
            }
            case Json.Str _, Json.Bool _, Json.Null _ -> value;
        };
    }

    private static Json shuffled(Json value, Random random) {
        return switch (value) {
            case Json.Arr(var items) ->
                    Json.array(items.stream().map(item -> shuffled(item, random)).toList());
            case Json.Obj(var members) -> {
                var names = new ArrayList<>(members.keySet());
                Collections.shuffle(names, random);
                var out = new LinkedHashMap<String, Json>();
                for (String name : names) {
                    out.put(name, shuffled(members.getOrDefault(name, new Json.Null()), random));
                }
                yield Json.obj(out);
            }
            case Json.Num _, Json.Str _, Json.Bool _, Json.Null _ -> value;
        };
    }
}
