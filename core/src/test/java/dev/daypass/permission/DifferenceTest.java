package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.identity.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
    @Test
    void equal_grants_differ_in_nothing_and_others_in_something() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = RandomGrant.grant(random);

                    assertTrue(g.diff(g).isEmpty());
                    assertEquals(g.equals(h), g.diff(h).isEmpty());
                });
    }

    @Test
    void a_grant_changed_by_its_difference_from_another_is_the_other() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = near(random, g);

                    assertEquals(h, changed(g, g.diff(h)));
                });
    }

    @Test
    void grants_that_differ_in_anything_have_different_hashes() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = near(random, g);

                    assertEquals(g.diff(h).isEmpty(), g.resourceHash().equals(h.resourceHash()));
                });
    }

    @Test
    void the_difference_back_is_the_difference_turned_round() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = near(random, g);

                    assertEquals(turned(g.diff(h)), h.diff(g));
                });
    }

    @Test
    void an_intersection_only_takes_away() {
        var tightened = new AtomicInteger();
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);

                    Difference difference = g.diff(g.intersect(RandomGrant.grant(random)));

                    assertTrue(difference.onlyTakesAway(), difference::toString);
                    tightened.addAndGet(difference.changed().size());
                });
        assertTrue(tightened.get() > 0 || !System.getProperty("seed", "").isEmpty());
    }

    @Test
    void a_difference_only_takes_away_just_where_the_other_lies_within() {
        Check.forAll(
                3_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = near(random, g);

                    assertEquals(h.within(g), g.diff(h).onlyTakesAway());
                });
    }

    @Test
    void every_changed_operation_has_a_slot_that_takes_more_or_less() {
        Check.forAll(
                3_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    for (Difference.Changed one : g.diff(near(random, g)).changed()) {
                        assertTrue(one.before().sameLeaf(one.after()));
                        assertEquals(one.after().within(one.before()), one.loosened().isEmpty());
                        assertEquals(one.before().within(one.after()), one.tightened().isEmpty());
                    }
                });
    }

    @Test
    void what_is_widened_covers_what_it_was_and_is_no_wider_than_it_must_be() {
        Check.forAll(
                3_000,
                random -> {
                    Permission had = RandomGrant.permission(random);
                    Permission found = random.nextBoolean() ? other(random, had) : had;

                    Permission wider = had.widened(found);

                    assertTrue(had.within(wider));
                    assertEquals(had.widened(had), had);
                    assertEquals(wider, wider.widened(found));
                    if (found.within(had)) {
                        assertEquals(had, wider);
                    }
                    if (had.within(found)) {
                        assertEquals(found, wider);
                    }
                });
    }

    @Test
    void it_says_of_each_operation_what_became_of_it() {
        Permission bound =
                permission("find", Map.of("query.from", oneOf("NYC"), "query.to", oneOf("LON")));
        Permission other =
                permission("find", Map.of("query.from", oneOf("PAR"), "body.x", oneOf("1")));
        Permission gone = permission("get", Map.of());
        Permission fresh = permission("page", Map.of());

        Difference difference =
                Grant.of(List.of(bound, gone)).diff(Grant.of(List.of(fresh, other)));

        assertEquals(List.of(fresh), difference.added());
        assertEquals(List.of(gone), difference.removed());
        Difference.Changed changed = difference.changed().getFirst();
        assertEquals(Set.of("query.from", "query.to"), changed.loosened());
        assertEquals(Set.of("query.from", "body.x"), changed.tightened());
        assertThrows(UnsupportedOperationException.class, () -> changed.loosened().add("query.x"));
    }

    @Test
    void an_operation_that_is_called_in_another_way_goes_and_comes() {
        Permission get = permission("get", Map.of());
        Permission delete =
                new Permission(get.operation(), HttpMethod.DELETE, get.path(), Map.of(), List.of());

        Difference difference = Grant.of(List.of(get)).diff(Grant.of(List.of(delete)));

        assertEquals(new Difference(List.of(delete), List.of(get), List.of()), difference);
    }

    /// Any grant, or one that has operations in common with `grant`.
    private static Grant near(Random random, Grant grant) {
        var out = new ArrayList<Permission>(RandomGrant.grant(random).permissions());
        for (Permission permission : grant.permissions()) {
            if (random.nextBoolean()) {
                out.removeIf(p -> p.operation().equals(permission.operation()));
                out.add(random.nextBoolean() ? permission : other(random, permission));
            }
        }
        return Grant.of(out);
    }

    /// The same operation within other bounds.
    private static Permission other(Random random, Permission permission) {
        return new Permission(
                permission.operation(),
                permission.method(),
                permission.path(),
                RandomGrant.constraints(random),
                random.nextBoolean()
                        ? permission.repeats()
                        : RandomGrant.permission(random).repeats());
    }

    private static Grant changed(Grant grant, Difference difference) {
        var out = new ArrayList<>(grant.permissions());
        assertTrue(out.containsAll(difference.removed()));
        out.removeAll(difference.removed());
        out.addAll(difference.added());
        difference.changed().forEach(one -> out.set(out.indexOf(one.before()), one.after()));
        return Grant.of(out);
    }

    private static Difference turned(Difference difference) {
        return new Difference(
                difference.removed(),
                difference.added(),
                difference.changed().stream()
                        .map(one ->
                                new Difference.Changed(
                                        one.after(),
                                        one.before(),
                                        new TreeSet<>(one.tightened()),
                                        new TreeSet<>(one.loosened())))
                        .toList());
    }

    private static Permission permission(String operation, Map<String, Constraint> constraints) {
        return new Permission(
                new OperationId(new ServiceId("shop"), operation),
                HttpMethod.GET,
                PathTemplate.parse("/offers"),
                constraints,
                List.of());
    }

    private static Constraint oneOf(String... values) {
        return new Constraint.OneOf(List.of(values));
    }
}
