package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Bounds on members of a JSON body.
class BodyCoverageTest {
    private static final Constraint ANA = new Constraint.OneOf(List.of("ana@x.example"));
    private static final Permission SEND = permission("send", "/mails", Map.of("body.to", ANA));
    private static final Permission PAY =
            permission("pay", "/payments", Map.of("body.max_amount", Constraint.atMost("500")));

    @Test
    void a_body_within_its_bound_is_covered() {
        assertCovered(SEND, "{\"to\":\"ana@x.example\",\"subject\":\"x\"}");
        assertCovered(SEND, "{\"subject\":1.0,\"x\":null,\"\\u0074o\":\"ana@x.example\"}");
        assertCovered(SEND, "{\"to\":[\"ana@x.example\",\"ana@x.example\"]}");
        assertCovered(PAY, "{\"max_amount\":500}");
        assertCovered(PAY, "{\"max_amount\":0.01}");
        assertCovered(PAY, "{\"max_amount\":\"499.90\"}");
    }

    @Test
    void a_bound_member_must_be_given_and_be_within_its_bound() {
        assertNotCovered("must be given", SEND, "{}");
        assertNotCovered("must be given", SEND, "{\"mail\":{\"to\":\"ana@x.example\"}}");
        assertNotCovered("is outside", SEND, "{\"to\":\"eve@x.example\"}");
        assertNotCovered("is outside", SEND, "{\"to\":\"ana@x.example,eve@x.example\"}");
        assertNotCovered("is outside", SEND, "{\"to\":[\"ana@x.example\",\"eve@x.example\"]}");
        assertNotCovered("is an empty array", SEND, "{\"to\":[]}");
        assertNotCovered("holds an object or an array", SEND, "{\"to\":[[\"ana@x.example\"]]}");
        assertNotCovered("holds an object or an array", SEND, "{\"to\":{\"a\":\"ana@x.example\"}}");
        assertNotCovered("null", SEND, "{\"to\":null}");
        assertNotCovered("null", SEND, "{\"to\":[\"ana@x.example\",null]}");
        assertNotCovered("is outside", PAY, "{\"max_amount\":500.01}");
        assertNotCovered("is outside", PAY, "{\"max_amount\":-1}");
        assertNotCovered("is outside", PAY, "{\"max_amount\":true}");
    }

    @Test
    void a_truth_is_a_word() {
        Permission notify =
                permission(
                        "notify",
                        "/x",
                        Map.of("body.silent", new Constraint.OneOf(List.of("true"))));

        assertCovered(notify, "{\"silent\":true}");
        assertNotCovered("is outside", notify, "{\"silent\":false}");
    }

    @Test
    void a_number_that_is_not_written_plainly_is_refused_where_it_is_bound() {
        for (String number : List.of("1e2", "1E0", "1e-1", "1.0", "1.50", "-0", "-0.0", "0e0")) {
            assertNotCovered("write it plainly", PAY, "{\"max_amount\":" + number + "}");
            assertNotCovered("write it plainly", PAY, "{\"max_amount\":[1," + number + "]}");
        }
    }

    @Test
    void a_number_is_compared_with_a_list_as_it_is_written() {
        Permission two =
                permission(
                        "order", "/x", Map.of("body.n", new Constraint.OneOf(List.of("2", "2.5"))));

        assertCovered(two, "{\"n\":2}");
        assertCovered(two, "{\"n\":[2.5,2]}");
        assertNotCovered("is outside", two, "{\"n\":25}");
        assertNotCovered("is outside", two, "{\"n\":-2}");
    }

    @Test
    void a_member_that_a_service_might_take_for_a_bound_one_is_refused() {
        for (String name :
                List.of(
                        "maxAmount",
                        "MaxAmount",
                        "max-amount",
                        "max amount",
                        "max.amount",
                        "MAX_AMOUNT",
                        "maxamount",
                        "max_amount[]",
                        "max_amount[0]",
                        " max_amount",
                        "max_amount\\u0000",
                        "max\\u200b_amount",
                        "\\uff4dax_amount",
                        "_max_amount")) {
            assertNotCovered(
                    "could be taken for `body.max_amount`",
                    PAY,
                    "{\"max_amount\":1,\"%s\":9999}".formatted(name));
            assertNotCovered(
                    "could be taken for `body.max_amount`", PAY, "{\"%s\":1}".formatted(name));
        }
        assertCovered(
                PAY, "{\"max_amount\":1,\"amount\":2,\"max_amounts\":3,\"x\":{\"maxAmount\":9}}");
    }

    @Test
    void a_member_that_is_also_given_in_the_query_is_refused_unless_it_is_bound_there() {
        Permission both = permission("both", "/payments", Map.of("body.to", ANA, "query.to", ANA));
        RequestBody body = body("{\"to\":\"ana@x.example\"}");

        assertNotCovered("could be taken", coverage(SEND, "/mails?to=eve", body));
        assertNotCovered("could be taken", coverage(SEND, "/mails?To[]=eve", body));
        assertNotCovered(
                "could be taken", coverage(SEND, "/mails?to=eve", new RequestBody.Unread()));
        assertEquals(
                new Coverage.Covered(both), coverage(both, "/payments?to=ana%40x.example", body));
    }

    @Test
    void line_and_query_are_judged_before_the_body_is_read() {
        Permission both =
                permission(
                        "both",
                        "/mails",
                        Map.of("body.to", ANA, "query.q", new Constraint.OneOf(List.of("a"))));
        var unread = new RequestBody.Unread();

        assertEquals(new Coverage.NeedsBody(SEND), coverage(SEND, "/mails", unread));
        assertEquals(new Coverage.OtherPath(), coverage(SEND, "/other", unread));
        assertEquals(new Coverage.NeedsBody(both), coverage(both, "/mails?q=a", unread));
        assertNotCovered("is outside", coverage(both, "/mails?q=b", unread));
        assertNotCovered("given twice", coverage(SEND, "/mails?x=1&x=2", unread));
    }

    @Test
    void a_request_that_only_reads_has_no_body_to_judge() {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS)) {
            assertNotCovered(
                    "a body of %s is not read".formatted(method),
                    Coverage.of(
                            SEND,
                            CanonicalRequest.parse(method, "/mails"),
                            body("{\"to\":\"ana@x.example\"}")));
        }
    }

    @Test
    void what_can_be_read_in_two_ways_is_not_read() {
        for (String text :
                List.of(
                        "",
                        "[]",
                        "\"to\"",
                        "null",
                        "to=ana@x.example",
                        "{\"to\":\"ana@x.example\"",
                        "{\"to\":\"ana@x.example\"}{}",
                        "{\"to\":\"ana@x.example\",}",
                        "{'to':'ana@x.example'}",
                        "{\"to\":\"ana@x.example\",\"to\":\"ana@x.example\"}",
                        "{\"to\":\"ana@x.example\",\"t\\u006f\":\"eve@x.example\"}",
                        "{\"to\":\"ana@x.example\",\"x\":[{\"y\":1,\"y\":2}]}",
                        "{\"to\":\"ana@x.example\"/**/}",
                        "{\"to\":\"\\ud800\"}",
                        "\ufeff{\"to\":\"ana@x.example\"}",
                        "{\"x\":NaN}",
                        "{\"x\":01}",
                        "{\"to\":" + "[".repeat(40) + "]".repeat(40) + "}",
                        "{\"to\":\"" + "a".repeat(RequestBody.BYTES_MAX) + "\"}")) {
            var unreadable = assertInstanceOf(RequestBody.Unreadable.class, body(text), text);
            assertTrue(!unreadable.why().contains("ana@x"), unreadable.why());
            assertEquals(
                    new Coverage.NotCovered(unreadable.why()),
                    coverage(SEND, "/mails", unreadable));
        }
        byte[] latin1 = "{\"to\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertInstanceOf(RequestBody.Unreadable.class, RequestBody.parse(latin1));
        assertInstanceOf(
                RequestBody.Unreadable.class,
                RequestBody.parse("{\"to\":1}".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void a_body_of_64_kib_is_read() {
        String filler =
                "a"
                        .repeat(
                                RequestBody.BYTES_MAX
                                        - "{\"to\":\"ana@x.example\",\"x\":\"\"}".length());

        assertCovered(SEND, "{\"to\":\"ana@x.example\",\"x\":\"" + filler + "\"}");
    }

    @Test
    void only_plain_json_is_read() {
        for (String type :
                List.of(
                        "application/json",
                        "Application/JSON",
                        "application/json;charset=utf-8",
                        "application/json ; charset=UTF-8",
                        "application/json; charset=\"utf-8\"")) {
            assertEquals("", objection("Content-Type", type), type);
        }
        for (String type :
                List.of(
                        "",
                        "text/plain",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data; boundary=x",
                        "application/merge-patch+json",
                        "application/jsonx",
                        "application/json, text/plain",
                        "application/json; charset=utf-16",
                        "application/json; charset=utf-8; charset=utf-16",
                        "application/json;",
                        "application/json; boundary=x")) {
            assertTrue(objection("Content-Type", type).contains("application/json"), type);
        }
        assertTrue(objection("content_type", "application/json").contains("application/json"));
    }

    @Test
    void what_changes_a_body_or_says_twice_what_it_is_is_refused() {
        assertTrue(RequestBody.objection(List.of()).contains("application/json"));
        assertTrue(
                RequestBody.objection(
                                List.of(
                                        Map.entry("content-type", "application/json"),
                                        Map.entry("Content_Type", "text/plain")))
                        .contains("application/json"));
        for (String name :
                List.of(
                        "Content-Encoding",
                        "content_encoding",
                        "Content-Transfer-Encoding",
                        "Content-Range")) {
            assertTrue(
                    RequestBody.objection(
                                    List.of(
                                            Map.entry("content-type", "application/json"),
                                            Map.entry(name, "gzip")))
                            .contains("is not read"),
                    name);
        }
    }

    @Test
    void where_two_operations_fit_equally_well_the_bounds_of_both_hold() {
        Permission left = permission("left", "/{a}/me", Map.of("body.to", ANA));
        Permission right =
                permission("right", "/mails/{b}", Map.of("body.n", Constraint.atMost("5")));
        Surface surface = surface(left, right);
        Grant both = Grant.of(List.of(left, right));

        assertInstanceOf(Coverage.NeedsBody.class, covers(both, surface, new RequestBody.Unread()));
        assertInstanceOf(
                Coverage.Covered.class,
                covers(both, surface, body("{\"to\":\"ana@x.example\",\"n\":5}")));
        for (String half :
                List.of(
                        "{\"to\":\"ana@x.example\"}",
                        "{\"n\":5}",
                        "{\"to\":\"ana@x.example\",\"n\":6}",
                        "{\"to\":\"eve@x.example\",\"n\":5}")) {
            assertInstanceOf(Coverage.NotCovered.class, covers(both, surface, body(half)), half);
        }
    }

    @Test
    void one_bound_among_two_operations_that_fit_equally_well_is_enough_to_read_the_body() {
        Permission left = permission("left", "/{a}/me", Map.of("body.to", ANA));
        Permission right = permission("right", "/mails/{b}", Map.of());
        for (Grant grant : List.of(Grant.of(List.of(left, right)))) {
            assertInstanceOf(
                    Coverage.NeedsBody.class,
                    covers(grant, surface(left, right), new RequestBody.Unread()));
            assertInstanceOf(
                    Coverage.NotCovered.class, covers(grant, surface(left, right), body("{}")));
        }
    }

    @Test
    void the_bound_of_an_operation_that_is_not_meant_does_not_hold() {
        Permission vague = permission("vague", "/{a}/me", Map.of("body.to", ANA));
        Permission exact = permission("exact", "/mails/me", Map.of());
        Grant grant = Grant.of(List.of(vague, exact));

        assertEquals(
                new Coverage.Covered(exact),
                covers(grant, surface(vague, exact), new RequestBody.Unread()));
    }

    private static Coverage covers(Grant grant, Surface surface, RequestBody body) {
        return grant.covers(
                new ServiceId("shop"),
                CanonicalRequest.parse(HttpMethod.POST, "/mails/me"),
                surface,
                body);
    }

    private static Surface surface(Permission... offered) {
        return Surface.of(
                java.util.Arrays.stream(offered)
                        .map(p ->
                                new Operation(
                                        p.operation(),
                                        p.method(),
                                        p.path(),
                                        EnumSet.of(Trait.WRITE),
                                        List.of(),
                                        "",
                                        List.of()))
                        .toList());
    }

    private static String objection(String name, String value) {
        return RequestBody.objection(List.of(Map.entry(name, value)));
    }

    private static Permission permission(
            String name, String path, Map<String, Constraint> constraints) {
        return new Permission(
                new OperationId(new ServiceId("shop"), name),
                HttpMethod.POST,
                PathTemplate.parse(path),
                constraints,
                List.of());
    }

    private static RequestBody body(String text) {
        return RequestBody.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Coverage coverage(Permission permission, String target, RequestBody body) {
        return Coverage.of(permission, CanonicalRequest.parse(HttpMethod.POST, target), body);
    }

    private static void assertCovered(Permission permission, String text) {
        assertEquals(
                new Coverage.Covered(permission),
                coverage(permission, permission.path().toString(), body(text)),
                text);
    }

    private static void assertNotCovered(String why, Permission permission, String text) {
        assertNotCovered(why, coverage(permission, permission.path().toString(), body(text)));
    }

    private static void assertNotCovered(String why, Coverage coverage) {
        var refusal = assertInstanceOf(Coverage.NotCovered.class, coverage);
        assertTrue(refusal.why().contains(why), refusal.why());
    }
}
