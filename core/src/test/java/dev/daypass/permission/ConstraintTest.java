package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintTest {
    @Test
    void order_and_repetition_do_not_matter() {
        assertEquals(
                new Constraint.OneOf(List.of("b", "a", "b")),
                new Constraint.OneOf(List.of("a", "b")));
    }

    @Test
    void an_empty_list_permits_nothing() {
        Check.forAll(random ->
                assertFalse(new Constraint.OneOf(List.of()).permits(Gen.text(random, 3))));
    }

    @Test
    void at_most_permits_plain_decimals_from_0_to_its_bound() {
        Constraint most = Constraint.atMost("320.5");

        for (String value : List.of("0", "0.0", "1", "320", "320.5", "320.50", "2.5")) {
            assertTrue(most.permits(value), value);
        }
        for (String value :
                List.of(
                        "320.51",
                        "321",
                        "-1",
                        "-0",
                        "+1",
                        "1e2",
                        "1E0",
                        "0x10",
                        "NaN",
                        "Infinity",
                        "",
                        " 1",
                        "1 ",
                        "1\n",
                        "01",
                        "00",
                        ".5",
                        "5.",
                        "1,5",
                        "1_0",
                        "1.2.3",
                        "١",
                        "１",
                        "1f",
                        "1d",
                        "0." + "0".repeat(21),
                        "1".repeat(31))) {
            assertFalse(most.permits(value), value);
        }
    }

    @Test
    void equal_bounds_are_written_alike() {
        for (String same : List.of("500", "500.0", "500.00")) {
            assertEquals("{\"max\":\"500\"}", Constraint.atMost(same).toJson().text());
            assertEquals(Constraint.atMost("500"), Constraint.atMost(same));
        }
        assertEquals(Constraint.atMost("500"), Range.upTo(new java.math.BigDecimal("5e2")));
        assertEquals("{\"max\":\"0\"}", Constraint.atMost("0.00").toJson().text());
    }

    @Test
    void a_bound_that_is_no_plain_decimal_is_refused() {
        for (String max : List.of("-1", "1e3", "", "x", "1".repeat(31), "NaN", "+5", "05")) {
            assertThrows(WireException.class, () -> Constraint.atMost(max), max);
        }
        assertThrows(
                IllegalArgumentException.class, () -> Range.upTo(new java.math.BigDecimal("-1")));
        for (String json : List.of("{}", "{\"max\":500}", "{\"max\":null}", "\"5\"", "5", "[5]")) {
            assertThrows(WireException.class, () -> Constraint.fromJson(Json.parse(json)), json);
        }
    }

    private static Constraint of(String json) {
        return Constraint.fromJson(Json.parse(json));
    }

    private static void holds(String json, List<String> permitted, List<String> refused) {
        Constraint constraint = of(json);
        permitted.forEach(value -> assertTrue(constraint.permits(value), json + " " + value));
        refused.forEach(value -> assertFalse(constraint.permits(value), json + " " + value));
    }

    @Test
    void a_range_goes_below_zero_only_where_it_says_so() {
        holds(
                "{\"min\":\"-2.5\",\"max\":\"3\"}",
                List.of("-2.5", "-2.50", "-0.1", "0", "3", "3.0"),
                List.of("-2.51", "-3", "3.1", "-0", "-0.0", "--1", "+1", "-", "", "-01"));
        holds(
                "{\"min\":\"2\"}",
                List.of("2", "9".repeat(30)),
                List.of("1.9", "-2", "9".repeat(31)));
        holds("{\"min\":\"-1\",\"max\":\"-1\"}", List.of("-1", "-1.0"), List.of("1", "0"));
    }

    @Test
    void a_range_is_written_in_one_way() {
        assertEquals("{\"max\":\"5\"}", of("{\"min\":\"0\",\"max\":\"5.0\"}").toJson().text());
        assertEquals("{\"min\":\"0\"}", of("{\"min\":\"0.0\"}").toJson().text());
        assertEquals(Constraint.atMost("5"), of("{\"max\":\"5.00\",\"min\":\"0\"}"));
    }

    @Test
    void a_prefix_of_a_place_cannot_be_climbed_out_of() {
        holds(
                "{\"prefix\":\"/reports/\"}",
                List.of("/reports/", "/reports/2026/a..b.pdf", "/reports/...", "/reports/.hidden"),
                List.of(
                        "/report",
                        "/Reports/x",
                        "reports/x",
                        "/reports/..",
                        "/reports/../keys",
                        "/reports/./../keys",
                        "/reports/x/..\\..\\keys",
                        "/reports/%2e%2e/keys",
                        "/reports/x%2F..%2fkeys",
                        "/reports/x%5c.%2E%5Ckeys",
                        "/reports/..?x",
                        "/reports/..;x/keys"));
        holds("{\"prefix\":\"INV-\"}", List.of("INV-", "INV-../x"), List.of("inv-1", " INV-1"));
    }

    @Test
    void a_length_counts_characters_not_their_halves() {
        holds("{\"max_length\":2}", List.of("", "ab", "😀😀"), List.of("abc", "😀😀a"));
        holds("{\"max_length\":0}", List.of(""), List.of("a"));
    }

    @Test
    void an_expression_must_fit_all_of_the_text() {
        holds(
                "{\"matches\":\"[a-z]+|x1\"}",
                List.of("abc", "x1"),
                List.of("", "abc1", "1abc", "abc\n", "\nabc", "ABC", "x1x1"));
        holds(
                "{\"matches\":\".*\"}",
                List.of("", "a".repeat(4_096)),
                List.of("a\nb", "a".repeat(4_097)));
    }

    @Test
    void an_expression_that_takes_other_engines_for_ever_is_judged() {
        holds(
                "{\"matches\":\"(a*)*b\"}",
                List.of("a".repeat(4_000) + "b"),
                List.of("a".repeat(4_096)));
    }

    @Test
    void several_bounds_hold_together_and_a_list_takes_them_in() {
        holds(
                "{\"prefix\":\"a\",\"max_length\":3,\"matches\":[\"[a-z]*\",\".*z\"]}",
                List.of("az", "abz"),
                List.of("z", "abcz", "ab", "aZ", "a1z"));
        assertEquals(
                of("[\"az\"]"), Constraint.both(of("{\"prefix\":\"a\"}"), of("[\"az\",\"b\"]")));
        assertEquals(
                Constraint.nothing(),
                Constraint.both(of("{\"prefix\":\"abc\"}"), of("{\"max_length\":2}")));
        assertEquals(
                Constraint.nothing(),
                Constraint.both(of("{\"prefix\":\"ab\"}"), of("{\"prefix\":\"ac\"}")));
        assertEquals(
                Constraint.nothing(),
                Constraint.both(of("{\"max\":\"1\"}"), of("{\"min\":\"2\"}")));
    }

    @Test
    void what_is_given_at_will_is_bound_where_both_leave_it_open() {
        Constraint atWill = of("{\"if_given\":[\"a\",\"b\"]}");

        assertTrue(atWill.mayBeMissing());
        assertTrue(Constraint.both(atWill, of("{\"if_given\":[\"b\"]}")).mayBeMissing());
        assertEquals(of("[\"b\"]"), Constraint.both(atWill, of("[\"b\",\"c\"]")));
        assertTrue(of("[\"a\"]").within(atWill));
        assertFalse(atWill.within(of("[\"a\",\"b\"]")));
    }

    @Test
    void a_constraint_is_told_in_words() {
        for (var told :
                java.util.Map.of(
                                "[]", "nothing",
                                "[\"a\",\"b\"]", "a or b",
                                "{\"max\":\"5\"}", "a number from 0 to 5",
                                "{\"min\":\"2\"}", "a number of at least 2",
                                "{\"prefix\":\"/r/\",\"max_length\":9}",
                                        "text of at most 9 characters, and text that starts with `/r/`",
                                "{\"matches\":\"[a-z]\"}", "text that matches `[a-z]`",
                                "{\"if_given\":[\"a\"]}", "a, if given",
                                "{\"if_given\":[]}", "nothing, if given")
                        .entrySet()) {
            assertEquals(told.getValue(), of(told.getKey()).words());
        }
    }

    @Test
    void what_is_not_a_constraint_is_refused() {
        for (String json :
                List.of(
                        "{\"max\":\"1\",\"prefix\":null}",
                        "{\"max\":\"1\",\"min\":\"2\"}",
                        "{\"min\":\"1e2\"}",
                        "{\"min\":\"-0\"}",
                        "{\"prefix\":\"\"}",
                        "{\"prefix\":[\"a\"]}",
                        "{\"prefix\":\"/a/../b\"}",
                        "{\"max_length\":-1}",
                        "{\"max_length\":1.5}",
                        "{\"max_length\":\"5\"}",
                        "{\"max_length\":9999999999}",
                        "{\"matches\":\"(\"}",
                        "{\"matches\":\"(?=a)\"}",
                        "{\"matches\":\"(a)\\\\1\"}",
                        "{\"matches\":\"a{1000}\"}",
                        "{\"matches\":\"((a{99}){99}){99}\"}",
                        "{\"matches\":\"" + "a".repeat(257) + "\"}",
                        "{\"matches\":[]}",
                        "{\"matches\":[1]}",
                        "{\"matches\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}",
                        "{\"if_given\":{\"if_given\":[\"a\"]}}",
                        "{\"if_given\":[\"a\"],\"max\":\"1\"}",
                        "{\"equals\":\"a\",\"max\":\"1\"}",
                        "{\"one_of\":[\"a\"]}",
                        "null",
                        "true")) {
            assertThrows(WireException.class, () -> of(json), json);
        }
    }
}
