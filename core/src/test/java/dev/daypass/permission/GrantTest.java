package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final String FIND =
            """
            {"service":"shop","operation":"find","method":"GET","path":"/offers",\
            "constraints":{"query.from":["NYC"]}}\
            """;

    @Test
    void an_intersection_lies_within_both() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = RandomGrant.grant(random);
                    Grant both = g.intersect(h);

                    assertTrue(both.within(g));
                    assertTrue(both.within(h));
                    assertTrue(
                            both.permissions().size()
                                    <= Math.min(g.permissions().size(), h.permissions().size()));
                });
    }

    @Test
    void an_intersection_is_commutative_associative_and_idempotent() {
        Check.forAll(
                2_000,
                random -> {
                    Grant f = RandomGrant.grant(random);
                    Grant g = RandomGrant.grant(random);
                    Grant h = RandomGrant.grant(random);

                    assertEquals(g.intersect(h), h.intersect(g));
                    assertEquals(f.intersect(g).intersect(h), f.intersect(g.intersect(h)));
                    assertEquals(g, g.intersect(g));
                    assertEquals(g.intersect(h), g.intersect(h).intersect(h));
                    assertTrue(g.intersect(Grant.of(List.of())).isEmpty());
                });
    }

    @Test
    void an_intersection_is_the_widest_grant_within_both() {
        var met = new AtomicInteger();
        Check.forAll(
                3_000,
                random -> {
                    Grant f = RandomGrant.grant(random);
                    Grant g = RandomGrant.grant(random);
                    Grant h = random.nextBoolean() ? RandomGrant.grant(random) : g.intersect(f);

                    assertEquals(h.within(g) && h.within(f), h.within(g.intersect(f)));
                    met.addAndGet(h.within(g) && !h.isEmpty() ? 1 : 0);
                });
        assertTrue(met.get() > 0 || System.getProperty("seed", "").length() > 0);
    }

    @Test
    void within_is_reflexive_transitive_and_antisymmetric() {
        Check.forAll(
                3_000,
                random -> {
                    Grant outer = RandomGrant.grant(random);
                    Grant middle = outer.intersect(RandomGrant.grant(random));
                    Grant inner = middle.intersect(RandomGrant.grant(random));
                    Grant other = RandomGrant.grant(random);

                    assertTrue(outer.within(outer));
                    assertTrue(inner.within(outer));
                    assertFalse(outer.within(other) && other.within(inner) && !outer.within(inner));
                    assertFalse(outer.within(other) && other.within(outer) && !outer.equals(other));
                });
    }

    @Test
    void what_the_inner_grant_covers_the_outer_covers() {
        Check.forAll(
                3_000,
                random -> {
                    Grant outer = RandomGrant.grant(random);
                    Grant inner =
                            random.nextBoolean()
                                    ? outer.intersect(RandomGrant.grant(random))
                                    : RandomGrant.grant(random);
                    Sent request = Sent.random(random);
                    ServiceId service = Gen.pick(random, RandomGrant.SERVICES);

                    if (inner.within(outer) && covered(inner, service, request)) {
                        assertTrue(covered(outer, service, request), () -> inner + " in " + outer);
                    }
                });
    }

    @Test
    void what_an_intersection_covers_both_cover() {
        var covered = new AtomicInteger();
        Check.forAll(
                5_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = RandomGrant.grant(random);
                    Sent request = Sent.random(random);
                    ServiceId service = Gen.pick(random, RandomGrant.SERVICES);

                    if (covered(g.intersect(h), service, request)) {
                        covered.incrementAndGet();
                        assertTrue(covered(g, service, request));
                        assertTrue(covered(h, service, request));
                    }
                });
        assertTrue(covered.get() > 0 || System.getProperty("seed", "").length() > 0);
    }

    /// A request with what is known of its body.
    private record Sent(CanonicalRequest line, RequestBody body) {
        static Sent random(Random random) {
            return new Sent(RandomGrant.request(random), RandomGrant.body(random));
        }
    }

    @Test
    void a_body_that_is_read_is_covered_just_when_line_and_body_are() {
        var read = new AtomicInteger();
        Check.forAll(
                5_000,
                random -> {
                    Grant grant = RandomGrant.grant(random);
                    Sent sent = Sent.random(random);
                    ServiceId service = Gen.pick(random, RandomGrant.SERVICES);
                    Coverage first = grant.covers(service, sent.line(), new RequestBody.Unread());
                    boolean whole = covered(grant, service, sent);

                    switch (first) {
                        case Coverage.Covered _ -> assertTrue(whole);
                        case Coverage.NeedsBody(var by) -> {
                            read.addAndGet(whole ? 1 : 0);
                            assertTrue(by.constraints().containsKey("body.x"));
                        }
                        case Coverage.NotCovered _, Coverage.OtherPath _ -> assertFalse(whole);
                    }
                });
        assertTrue(read.get() > 0 || System.getProperty("seed", "").length() > 0);
    }

    @Test
    void what_both_cover_by_one_operation_their_intersection_covers() {
        Check.forAll(
                5_000,
                random -> {
                    Permission p = RandomGrant.permission(random);
                    Permission q =
                            new Permission(
                                    p.operation(),
                                    p.method(),
                                    p.path(),
                                    RandomGrant.constraints(random),
                                    p.repeats());
                    Sent request = Sent.random(random);
                    ServiceId service = p.operation().service();
                    Grant g = Grant.of(List.of(p));
                    Grant h = Grant.of(List.of(q));

                    assertEquals(
                            covered(g, service, request) && covered(h, service, request),
                            covered(g.intersect(h), service, request));
                });
    }

    @Test
    void a_grant_survives_json_and_keeps_its_hash() {
        Check.forAll(
                1_000,
                random -> {
                    Grant grant = RandomGrant.grant(random);
                    Grant again = Grant.fromJson(Json.parse(grant.toJson().text()));

                    assertEquals(grant, again);
                    assertEquals(grant.hashCode(), again.hashCode());
                    assertEquals(grant.resourceHash(), again.resourceHash());
                    assertEquals(43, grant.resourceHash().length());
                });
    }

    @Test
    void order_and_repetition_do_not_change_a_grant() {
        Check.forAll(
                1_000,
                random -> {
                    List<Permission> permissions = Gen.list(random, 5, RandomGrant::permission);
                    var shuffled = new ArrayList<>(permissions);
                    permissions.stream().limit(1).forEach(shuffled::add);
                    Collections.shuffle(shuffled, random);

                    assertEquals(Grant.of(permissions), Grant.of(shuffled));
                    assertEquals(
                            Grant.of(permissions).resourceHash(),
                            Grant.of(shuffled).resourceHash());
                });
    }

    @Test
    void different_grants_have_different_hashes() {
        Check.forAll(
                2_000,
                random -> {
                    Grant g = RandomGrant.grant(random);
                    Grant h = RandomGrant.grant(random);

                    assertEquals(g.equals(h), g.resourceHash().equals(h.resourceHash()));
                });
    }

    @Test
    void a_grant_never_widens_by_repetition() {
        Permission wide = permission(Map.of());
        Permission narrow = permission(Map.of("query.from", oneOf("NYC", "LON")));
        Permission other = permission(Map.of("query.from", oneOf("LON", "PAR")));

        assertEquals(
                List.of(permission(Map.of("query.from", oneOf("LON")))),
                Grant.of(List.of(wide, narrow, other)).permissions());
        assertTrue(
                Grant.of(List.of(narrow, permission(Map.of("query.from", oneOf("X"))))).isEmpty());
    }

    @Test
    void one_operation_called_in_two_ways_is_granted_in_neither() {
        Permission get = permission(Map.of());
        Permission elsewhere =
                new Permission(
                        get.operation(),
                        get.method(),
                        PathTemplate.parse("/users"),
                        Map.of(),
                        List.of());
        Permission delete =
                new Permission(get.operation(), HttpMethod.DELETE, get.path(), Map.of(), List.of());

        assertTrue(Grant.of(List.of(get, elsewhere)).isEmpty());
        assertTrue(Grant.of(List.of(delete, get, get)).isEmpty());
        assertTrue(Grant.of(List.of(get)).intersect(Grant.of(List.of(elsewhere))).isEmpty());
        assertFalse(Grant.of(List.of(get)).within(Grant.of(List.of(delete))));
    }

    @Test
    void a_refusal_says_what_was_asked_and_how_much_is_granted() {
        Grant one = Grant.of(List.of(permission(Map.of("query.from", oneOf("NYC")))));

        assertEquals(
                "DELETE /offers/7 is not among the 1 operation",
                why(one, HttpMethod.DELETE, "/offers/7"));
        assertEquals(
                "GET / is not among the 0 operations",
                why(Grant.of(List.of()), HttpMethod.GET, "/"));
        assertEquals(
                "`query.from` must be given: this account is bound to [\"NYC\"]",
                why(one, HttpMethod.GET, "/offers"));
        assertEquals(
                "`query.from` is outside this account's bound [\"NYC\"]",
                why(one, HttpMethod.GET, "/offers?from=LON"));
        assertFalse(
                covered(
                        one,
                        new ServiceId("library"),
                        new Sent(
                                CanonicalRequest.parse(HttpMethod.GET, "/offers?from=NYC"),
                                new RequestBody.Unread())));
    }

    @Test
    void only_the_normal_form_is_read() {
        String get = FIND.replace("find", "get").replace("/offers", "/offers/{id}");
        assertEquals(
                2, Grant.fromJson(Json.parse("[" + FIND + "," + get + "]")).permissions().size());

        for (String other :
                List.of(
                        "[" + get + "," + FIND + "]",
                        "[" + FIND + "," + FIND + "]",
                        "[" + FIND.replace("[\"NYC\"]", "[]") + "]",
                        "[" + FIND.replace("[\"NYC\"]", "[\"NYC\",\"LON\"]") + "]",
                        "[" + FIND.replace("[\"NYC\"]", "[\"NYC\",\"NYC\"]") + "]",
                        "[" + FIND.replace("{\"query.from\":[\"NYC\"]}", "{}") + "]",
                        "[" + FIND.replace("{\"query.from\":[\"NYC\"]}", "null") + "]",
                        "[" + FIND.replace("\"method\"", "\"repeats\":[],\"method\"") + "]")) {
            assertEquals(
                    "a grant must be in normal form: sorted, without repetition", refusal(other));
        }
    }

    @Test
    void what_is_not_a_grant_is_refused() {
        assertNotEquals("", refusal("{}"));
        assertEquals(
                "a grant is an array of at most 200 permissions",
                refusal("[" + (FIND + ",").repeat(200) + FIND + "]"));
        for (String bounds : List.of("[]", "[\"NYC\"]", "\"NYC\"", "0", "false")) {
            assertEquals(
                    "`constraints` must be an object of constraints",
                    refusal("[" + FIND.replace("{\"query.from\":[\"NYC\"]}", bounds) + "]"));
        }
        assertEquals(
                "a constraint is an array of strings, or an object with some of `equals`, `min`, `max`, `prefix`, `max_length`, `matches`, `if_given`",
                refusal("[" + FIND.replace("[\"NYC\"]", "\"NYC\"") + "]"));
        assertEquals(
                "a constraint is an array of strings, or an object with some of `equals`, `min`, `max`, `prefix`, `max_length`, `matches`, `if_given`",
                refusal("[" + FIND.replace("[\"NYC\"]", "[1]") + "]"));
        assertEquals(
                "`operation` is missing; expected a string",
                refusal("[" + FIND.replace("\"operation\":\"find\",", "") + "]"));
        assertEquals(
                "unknown method in a permission", refusal("[" + FIND.replace("GET", "get") + "]"));
        assertTrue(
                refusal("[" + FIND.replace("shop", "Shop") + "]")
                        .startsWith("not a permission: service `Shop`"));
        assertTrue(
                refusal("[" + FIND.replace("/offers", "offers") + "]")
                        .startsWith("not a permission: path"));
        assertTrue(
                refusal("[" + FIND.replace("\"path\"", "\"x\":1,\"path\"") + "]")
                        .startsWith("unknown member `x`"));
    }

    @Test
    void the_hash_of_a_grant_is_pinned() {
        Grant grant = Grant.fromJson(Json.parse("[" + FIND + "]"));

        assertEquals("CQ6_F3ozK1aBxfjCbO_5L4_x4SaM0tQREslHUaT_t68", grant.resourceHash());
        assertEquals("[" + FIND + "]", grant.toString());
    }

    private static Permission permission(Map<String, Constraint> constraints) {
        return new Permission(
                new OperationId(new ServiceId("shop"), "find"),
                HttpMethod.GET,
                PathTemplate.parse("/offers"),
                constraints,
                List.of());
    }

    private static Constraint oneOf(String... values) {
        return new Constraint.OneOf(List.of(values));
    }

    private static boolean covered(Grant grant, ServiceId service, Sent sent) {
        return switch (grant.covers(service, sent.line(), sent.body())) {
            case Coverage.Covered _ -> true;
            case Coverage.NotCovered _, Coverage.OtherPath _, Coverage.NeedsBody _ -> false;
        };
    }

    private static String why(Grant grant, HttpMethod method, String target) {
        return assertInstanceOf(
                        Coverage.NotCovered.class,
                        grant.covers(
                                new ServiceId("shop"),
                                CanonicalRequest.parse(method, target),
                                new RequestBody.Unread()))
                .why();
    }

    private static String refusal(String json) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Grant.fromJson(Json.parse(json)))
                        .getMessage());
    }
}
