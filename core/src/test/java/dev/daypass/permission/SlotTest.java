package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotTest {
    @Test
    void a_slot_has_one_spelling() {
        Map.of(
                        "path/id", "path.id",
                        "query/from", "query.from",
                        "query.filter[a/b]", "query.filter[a/b]",
                        "header/X-Tenant", "header.x-tenant",
                        "header.X-Tenant", "header.x-tenant",
                        "body/to", "body.to",
                        "body.a/b", "body.a/b",
                        "body/a~1b", "body.a/b",
                        "body/lines/*/amount", "body/lines/*/amount",
                        "body.*", "body.*")
                .forEach((given, text) -> assertEquals(text, Slot.of(given).text(), given));
    }

    @Test
    void the_spelling_of_a_slot_is_a_fixed_point() {
        Check.forAll(
                5_000,
                random -> {
                    String text =
                            Gen.pick(random, "path", "query", "header", "body", "x", "")
                                    + Gen.pick(random, ".", "/", "")
                                    + Gen.chars(random, 8, "a/*~01.-_ B");

                    assertEquals(Slot.of(text), Slot.of(Slot.of(text).text()), text);
                });
    }

    @Test
    void what_no_argument_can_be_found_at_is_told() {
        for (String text :
                List.of(
                        "",
                        "query",
                        "query.",
                        "body",
                        "body/",
                        "body/a/~",
                        "body/a/~2",
                        "body/*/x",
                        "body" + "/a".repeat(17),
                        "cookie.x",
                        "Query.x",
                        "header.x_tenant",
                        "header.a b",
                        "header.authorization",
                        "header/Transfer-Encoding",
                        "header.cookie",
                        "header.range")) {
            String why = assertInstanceOf(Slot.Nowhere.class, Slot.of(text), text).why();
            assertTrue(!why.isEmpty());
        }
    }

    @Test
    void two_spellings_of_one_slot_bind_together() {
        Ceiling ceiling =
                Ceiling.parse(
                        "c.yaml",
                        "allow: [{service: a, constraints: {body/to: [ana, bo], body.to: [ana]}}]");

        assertEquals(
                Map.of("body.to", new Constraint.OneOf(List.of("ana"))),
                ceiling.allow().getFirst().constraints());
    }
}
