package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerLimitsTest {
    private static final Permission FIND =
            new Permission(
                    new OperationId(new ServiceId("shop"), "find"),
                    HttpMethod.GET,
                    PathTemplate.parse("/offers"),
                    Map.of(),
                    List.of());

    private static AnswerLimits limits(String json) {
        return AnswerLimits.fromJson(Json.parse(json));
    }

    private static String masked(String limits, String answer) {
        return String.valueOf(masked(limits(limits).mask(), Json.parse(answer)));
    }

    private static String masked(AnswerMask mask, Json answer) {
        return masked(mask, mask.root(), answer).text();
    }

    // Slow and obvious, beside the edge's own that streams.
    private static Json masked(AnswerMask mask, AnswerMask.Place at, Json value) {
        return switch (value) {
            case Json.Obj(var members) -> {
                var out = new LinkedHashMap<String, Json>();
                members.forEach((name, member) -> {
                    AnswerMask.Place below = mask.member(at, name);
                    if (below != null) {
                        out.put(name, masked(mask, below, member));
                    }
                });
                yield Json.obj(out);
            }
            case Json.Arr(var items) -> {
                var out = new ArrayList<Json>();
                for (int i = 0; i < items.size(); i++) {
                    AnswerMask.Place below = mask.item(at, i);
                    if (below != null) {
                        out.add(masked(mask, below, items.get(i)));
                    }
                }
                yield Json.array(out);
            }
            case Json scalar -> scalar;
        };
    }

    @Test
    void what_a_pointer_leads_to_is_dropped_and_nothing_else() {
        assertEquals(
                "{\"x\":{\"email\":1}}",
                masked("{\"drop\":[\"/email\"]}", "{\"email\":1,\"x\":{\"email\":1}}"));
        assertEquals(
                "{\"items\":[{\"id\":1},{}],\"email\":2}",
                masked(
                        "{\"drop\":[\"/items/*/email\"]}",
                        "{\"items\":[{\"id\":1,\"email\":\"a\"},{\"email\":{\"b\":1}}],\"email\":2}"));
        assertEquals(
                "{\"u\":{\"7\":{}}}",
                masked("{\"drop\":[\"/u/*/email\"]}", "{\"u\":{\"7\":{\"email\":1}}}"));
        assertEquals(
                "[{},[{}],{\"a\":{\"b\":[{}]}}]",
                masked(
                        "{\"drop\":[\"/**/email\"]}",
                        "[{\"email\":1},[{\"email\":[]}],{\"a\":{\"b\":[{\"email\":{\"email\":2}}]}}]"));
        assertEquals("[2]", masked("{\"drop\":[\"/0\"]}", "[1,2]"));
        assertEquals("[]", masked("{\"drop\":[\"/*\"]}", "[1,2]"));
        assertEquals(
                "{\"a\":{\"c\":{}}}",
                masked("{\"drop\":[\"/a/**/b\"]}", "{\"a\":{\"b\":1,\"c\":{\"b\":2}}}"));
        assertEquals(
                "{\"a\":1}",
                masked("{\"drop\":[\"/a~1b\",\"/c~0d\"]}", "{\"a\":1,\"a/b\":2,\"c~d\":3}"));
        assertEquals("\"email\"", masked("{\"drop\":[\"/email\"]}", "\"email\""));
    }

    @Test
    void every_array_keeps_its_first_items() {
        assertEquals(
                "{\"a\":[1,[2,3]],\"b\":[]}",
                masked("{\"items_max\":2}", "{\"a\":[1,[2,3,4],5],\"b\":[]}"));
    }

    @Test
    void the_limits_of_two_are_the_stricter_of_each() {
        Check.forAll(
                2_000,
                random -> {
                    AnswerLimits a = RandomGrant.answer(random);
                    AnswerLimits b = RandomGrant.answer(random);
                    AnswerLimits both = a.and(b);

                    assertTrue(both.within(a) && both.within(b));
                    assertEquals(both, b.and(a));
                    assertEquals(a.within(b), both.equals(a));
                    assertTrue(a.within(a.or(b)) && b.within(a.or(b)));
                    assertTrue(a.within(AnswerLimits.NONE));
                    Json answer = answer(random, 3);
                    String out = masked(both.mask(), answer);
                    assertEquals(out, masked(b.mask(), Json.parse(out)));
                });
    }

    static Json answer(java.util.Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 3)) {
            case 0 -> Json.of(random.nextInt(100));
            case 1 -> {
                var out = new LinkedHashMap<String, Json>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    out.put(
                            dev.daypass.check.Gen.pick(random, "a", "b", "c", "0"),
                            answer(random, depth - 1));
                }
                yield Json.obj(out);
            }
            default -> Json.array(dev.daypass.check.Gen.list(random, 4, r -> answer(r, depth - 1)));
        };
    }

    @Test
    void limits_are_part_of_a_permission_only_where_there_are_some() {
        assertFalse(FIND.toJson().text().contains("answer"));

        Permission limited = FIND.answering(limits("{\"drop\":[\"/b\",\"/a\"],\"items_max\":5}"));
        assertTrue(
                limited.toJson()
                        .text()
                        .contains("\"answer\":{\"drop\":[\"/a\",\"/b\"],\"items_max\":5}"));
        assertEquals(limited, Permission.fromJson(limited.toJson()));
        assertTrue(limited.within(FIND));
        assertFalse(FIND.within(limited));
        assertEquals(limited, FIND.and(limited));
        assertEquals(FIND, limited.widened(FIND));
    }

    @Test
    void a_looser_answer_is_a_loosened_grant() {
        Grant before = Grant.of(List.of(FIND.answering(limits("{\"items_max\":5}"))));
        Difference loosened = before.diff(Grant.of(List.of(FIND)));

        assertFalse(loosened.onlyTakesAway());
        assertEquals("[answer]", loosened.changed().getFirst().loosened().toString());
        assertTrue(Grant.of(List.of(FIND)).diff(before).onlyTakesAway());
    }

    @Test
    void what_an_mcp_server_answers_in_texts_cannot_be_limited_and_so_it_is_not_asked() {
        for (String path : List.of("/mcp/prompts", "/mcp/client/sampling")) {
            Permission limited =
                    new Permission(
                            FIND.operation(),
                            HttpMethod.POST,
                            PathTemplate.parse(path),
                            Map.of(),
                            List.of(),
                            limits("{\"items_max\":5}"));

            String why =
                    assertInstanceOf(
                                    Coverage.NotCovered.class,
                                    Coverage.of(
                                            limited,
                                            CanonicalRequest.parse(HttpMethod.POST, path),
                                            RequestBody.none()))
                            .why();
            assertTrue(why.contains("cannot be limited"), why);
        }
    }

    @Test
    void what_is_not_a_limit_is_refused() {
        for (String json :
                List.of(
                        "{}",
                        "[]",
                        "null",
                        "{\"drop\":null}",
                        "{\"drop\":\"/a\"}",
                        "{\"drop\":[1]}",
                        "{\"drop\":[\"\"]}",
                        "{\"drop\":[\"a\"]}",
                        "{\"drop\":[\"/a~\"]}",
                        "{\"drop\":[\"/**\"]}",
                        "{\"drop\":[\"" + "/a".repeat(17) + "\"]}",
                        "{\"items_max\":0}",
                        "{\"items_max\":1.5}",
                        "{\"items_max\":\"5\"}",
                        "{\"items_max\":1000001}",
                        "{\"items_max\":1,\"keep\":[]}")) {
            assertThrows(WireException.class, () -> limits(json), json);
        }
    }

    @Test
    void limits_are_told_in_words() {
        assertEquals(
                List.of("answers without /a, /b", "answers with at most 5 items in a list"),
                limits("{\"drop\":[\"/b\",\"/a\"],\"items_max\":5}").words());
    }
}
