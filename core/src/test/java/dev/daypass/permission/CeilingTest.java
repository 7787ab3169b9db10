package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CeilingTest {
    private static final Ceiling SHOPPING =
            Ceiling.parse(
                    "buybot.yaml",
                    """
                    allow:
                      - service: flights
                        operations: [search*, getOffer]
                        constraints:
                          query.from: [NYC, EWR]
                      - service: flights
                        operations: ["order*"]
                        traits: [write, money]
                      - service: users
                        traits: ["*"]
                    deny:
                      - service: "*"
                        operations: ["*Payment*"]
                      - service: users
                        traits: [delete, secret]
                    ttl_max: 2h
                    calls_max: 500
                    """);

    @Test
    void what_an_entry_names_is_admitted_with_its_bounds() {
        assertEquals(
                Optional.of(Map.of("query.from", new Constraint.OneOf(List.of("NYC", "EWR")))),
                admit("flights", "searchOffers", Trait.READ));
        assertEquals(
                Optional.of(Map.of()), admit("flights", "orderFlight", Trait.WRITE, Trait.MONEY));
        assertEquals(Optional.of(Map.of()), admit("flights", "orderInsurance", Trait.WRITE));
        assertEquals(Optional.of(Map.of()), admit("users", "getUser", Trait.READ, Trait.PERSONAL));
        assertEquals(Duration.ofHours(2), SHOPPING.ttlMax());
        assertEquals(500, SHOPPING.callsMax());
    }

    @Test
    void what_no_entry_names_is_outside() {
        assertEquals(Optional.empty(), admit("flights", "cancel", Trait.READ));
        assertEquals(Optional.empty(), admit("flights", "searchOffers", Trait.WRITE));
        assertEquals(
                Optional.empty(), admit("flights", "searchOffers", Trait.READ, Trait.PERSONAL));
        assertEquals(Optional.empty(), admit("hotels", "searchOffers", Trait.READ));
        assertEquals(Optional.empty(), admit("flights", "researchOffers", Trait.READ));
    }

    @Test
    void a_denial_wins_over_every_entry() {
        assertEquals(Optional.empty(), admit("users", "listPaymentMethods", Trait.READ));
        assertEquals(Optional.empty(), admit("flights", "orderPayment", Trait.WRITE));
        assertEquals(Optional.empty(), admit("users", "deleteUser", Trait.DELETE));
        assertEquals(Optional.empty(), admit("users", "getToken", Trait.READ, Trait.SECRET));
    }

    @Test
    void an_operation_of_unknown_effect_is_outside() {
        assertEquals(Optional.empty(), admit("users", "mystery"));
        assertEquals(Optional.empty(), Ceiling.READ_ONLY.admit(operation("users", "mystery")));
    }

    @Test
    void without_a_file_an_agent_may_read_what_is_nobody_s_secret() {
        assertTrue(Ceiling.READ_ONLY.admit(operation("any", "get", Trait.READ)).isPresent());
        for (Trait trait : EnumSet.complementOf(EnumSet.of(Trait.READ))) {
            assertFalse(
                    Ceiling.READ_ONLY
                            .admit(operation("any", "get", Trait.READ, trait))
                            .isPresent());
        }
    }

    @Test
    void what_a_file_leaves_out_has_a_default() {
        Ceiling ceiling = Ceiling.parse("c.yaml", "allow: [{service: a}]");

        assertEquals(
                List.of(new Ceiling.Entry("a", List.of("*"), Set.of(Trait.READ), Map.of())),
                ceiling.allow());
        assertEquals(List.of(), ceiling.deny());
        assertEquals(Duration.ofDays(1), ceiling.ttlMax());
        assertEquals(1_000_000, ceiling.callsMax());
        assertEquals(List.of(), Ceiling.parse("c.yaml", "allow: []").allow());
    }

    @Test
    void a_ceiling_is_shown_as_json() {
        assertEquals(
                """
                {"allow":[{"service":"a","operations":["*"],"traits":["read","money"],\
                "constraints":{"query.x":["1"]}}],\
                "deny":[{"service":"*","operations":["b"],"traits":["secret"]}],\
                "ttl_max":"1h","calls_max":7}\
                """,
                Ceiling.parse(
                                "c.yaml",
                                """
                                allow: [{service: a, traits: [money, read], constraints: {query.x: ["1"]}}]
                                deny: [{service: "*", operations: [b], traits: [secret]}]
                                ttl_max: 60m
                                calls_max: 7
                                """)
                        .toJson()
                        .text());
    }

    @Test
    void a_bound_may_be_a_maximum() {
        Ceiling ceiling =
                Ceiling.parse(
                        "c.yaml",
                        "allow: [{service: a, constraints: {body.amount: {max: 500.00}, query.x: [y]}}]");

        assertEquals(
                Map.of(
                        "body.amount",
                        Constraint.atMost("500"),
                        "query.x",
                        new Constraint.OneOf(List.of("y"))),
                ceiling.allow().getFirst().constraints());
        assertTrue(
                ceiling.toJson().text().contains("\"body.amount\":{\"max\":\"500\"}"),
                ceiling.toJson().text());
        String where = "c.yaml:1:45: `allow[0].constraints.query.x` is not right: ";
        assertBound(where + "`max` is not a plain decimal such as 320.5 or -4", "{max: 1e3}");
        assertBound(where + "`min` is above `max`", "{max: 1, min: 2}");
    }

    @Test
    void a_bound_may_be_of_every_kind_and_of_several_at_once() {
        Ceiling ceiling =
                Ceiling.parse(
                        "c.yaml",
                        """
                        allow:
                          - service: a
                            constraints:
                              query.one: {equals: "7"}
                              body.temperature: {min: -4.50, max: 21}
                              body.least: {min: 1}
                              body.file: {prefix: /reports/, max_length: 60}
                              body.code: {matches: "[A-Z]{3}-[0-9]+"}
                              body.twice: {matches: ["[a-z]+", "x.*"]}
                              query.note: {if_given: {max_length: 80}}
                              query.debug: {if_given: []}
                        """);

        assertEquals(
                """
                {"body.code":{"matches":"[A-Z]{3}-[0-9]+"},\
                "body.file":{"max_length":60,"prefix":"/reports/"},\
                "body.least":{"min":"1"},\
                "body.temperature":{"max":"21","min":"-4.5"},\
                "body.twice":{"matches":["[a-z]+","x.*"]},\
                "query.debug":{"if_given":[]},\
                "query.note":{"if_given":{"max_length":80}},\
                "query.one":["7"]}\
                """,
                bounds(ceiling));
    }

    private static String bounds(Ceiling ceiling) {
        return ceiling.toJson().members().get("allow") instanceof Json.Arr(var entries)
                        && entries.getFirst() instanceof Json.Obj(var entry)
                        && entry.get("constraints") instanceof Json.Obj bounds
                ? bounds.text()
                : "";
    }

    @Test
    void a_slot_that_is_none_is_refused_where_it_stands() {
        for (var flaw :
                Map.of(
                                "body/*/x", "begins with `*`, but a body is one object",
                                "header.authorization",
                                        "is a header field that the edge takes away or sets itself",
                                "amount",
                                        "is none of path.NAME, query.NAME, header.NAME, body.NAME and body/POINTER")
                        .entrySet()) {
            assertRefused(
                    "c.yaml:1:%d: `allow[0].constraints.%s` %s"
                            .formatted(38 + flaw.getKey().length(), flaw.getKey(), flaw.getValue()),
                    "allow: [{service: a, constraints: {" + flaw.getKey() + ": [x]}}]");
        }
    }

    @Test
    void an_entry_may_say_how_much_of_an_answer_goes_out() {
        Ceiling ceiling =
                Ceiling.parse(
                        "c.yaml",
                        "allow: [{service: a, answer: {drop: [/email, '/items/*/email'], items_max: 50}}]");

        assertEquals(
                new AnswerLimits(List.of("/items/*/email", "/email"), 50),
                ceiling.allow().getFirst().answer());
        assertTrue(
                ceiling.toJson()
                        .text()
                        .contains(
                                "\"answer\":{\"drop\":[\"/email\",\"/items/*/email\"],\"items_max\":50}"));
        for (var flaw :
                Map.of(
                                "{}",
                                        "c.yaml:1:30: `allow[0].answer` needs `drop`, `items_max` or both",
                                "{drop: [email]}",
                                        "c.yaml:1:30: `allow[0].answer` is not right: `drop`: `email` is not a json pointer of at most 512 characters, such as /items/*/email",
                                "{drop: ['/a/**']}",
                                        "c.yaml:1:30: `allow[0].answer` is not right: `drop`: `/a/**` ends with `**`; say what is to be dropped below",
                                "{items_max: 0}",
                                        "c.yaml:1:42: `allow[0].answer.items_max` is `0`; expected a whole number from 1 to 1000000",
                                "{mask: [/a]}",
                                        "c.yaml:1:31: unknown key `allow[0].answer.mask`; known: drop, items_max")
                        .entrySet()) {
            assertRefused(flaw.getValue(), "allow: [{service: a, answer: " + flaw.getKey() + "}]");
        }
    }

    @Test
    void a_bound_that_is_not_right_is_refused_where_it_stands() {
        String where = "c.yaml:1:45: `allow[0].constraints.query.x` is not right: ";
        assertBound(
                where
                        + "unknown member `most`; known: equals, if_given, matches, max, max_length, min, prefix",
                "{max: 1, most: 2}");
        assertBound(
                "c.yaml:1:58: `allow[0].constraints.query.x.max_length` is `-1`; expected a whole number from 0 to 1000000",
                "{max_length: -1}");
        assertBound(
                where + "`matches` is not a regular expression of re2: missing closing )",
                "{matches: (a}");
        assertBound(where + "`prefix` holds a segment of dots", "{prefix: /a/../b}");
        assertBound(
                where + "`if_given` stands alone: what else must hold stands inside it",
                "{if_given: [a], max: 3}");
        assertBound(
                where + "`equals` stands alone: it leaves nothing to bound further",
                "{equals: a, max_length: 3}");
    }

    private static void assertBound(String message, String bound) {
        assertRefused(message, "allow: [{service: a, constraints: {query.x: " + bound + "}}]");
    }

    @Test
    void every_error_has_its_line_its_column_and_what_was_expected() {
        assertRefused("c.yaml: is empty; expected `allow:`", "");
        assertRefused("c.yaml:1:1: needs `allow`", "deny: []");
        assertRefused("c.yaml:1:8: `allow` is not a list; expected a list", "allow: all");
        assertRefused("c.yaml:1:9: `allow[0]` needs `service`", "allow: [{operations: [x]}]");
        assertRefused(
                "c.yaml:3:5: unknown key `allow[0].operation`; known: answer, constraints, operations, service, traits",
                "allow:\n  - service: a\n    operation: [x]\n");
        assertRefused(
                "c.yaml:2:1: unknown key `ttl`; known: allow, calls_max, deny, ttl_max",
                "allow: []\nttl: 1h");
        assertRefused(
                "c.yaml:1:31: `allow[0].traits[0]` unknown trait `reed`; known: read, write, delete, money, personal, secret, admin, outward, identity",
                "allow: [{service: a, traits: [reed]}]");
        assertRefused(
                "c.yaml:1:45: `allow[0].constraints.query.x` is not a list; expected a list",
                "allow: [{service: a, constraints: {query.x: 1}}]");
        assertRefused("c.yaml:2:1: key `allow` stands twice", "allow: []\nallow: []");
    }

    @Test
    void limits_are_held() {
        for (String ttl : List.of("0s", "999ms", "25h", "1d1ms")) {
            assertRefused(
                    "c.yaml:2:10: `ttl_max` must be from 1s to 1d", "allow: []\nttl_max: " + ttl);
        }
        assertEquals(
                Duration.ofDays(1), Ceiling.parse("c.yaml", "allow: []\nttl_max: 24h").ttlMax());
        for (String calls : List.of("0", "-1", "1000001", "many", "1.5")) {
            assertRefused(
                    "c.yaml:2:12: `calls_max` is `%s`; expected a whole number from 1 to 1000000"
                            .formatted(calls),
                    "allow: []\ncalls_max: " + calls);
        }
    }

    @Test
    void an_entry_that_could_never_match_is_refused() {
        assertRefused(
                "c.yaml:1:30: `allow[0].traits` is empty; expected traits, or * for every trait",
                "allow: [{service: a, traits: []}]");
        assertRefused(
                "c.yaml:2:33: `deny[0].operations` is empty; expected names, with * for any run of characters",
                "allow: []\ndeny: [{service: a, operations: []}]");
        assertTrue(
                refusal("allow: []\ndeny: [{service: Flights}]")
                        .startsWith("c.yaml:2:18: `deny[0].service` is neither * nor a service: "));
        assertTrue(refusal("allow: [{service: fl*}]").startsWith("c.yaml:1:19: "));
    }

    private static Optional<Map<String, Constraint>> admit(
            String service, String name, Trait... traits) {
        return SHOPPING.admit(operation(service, name, traits)).map(Ceiling.Entry::constraints);
    }

    private static Operation operation(String service, String name, Trait... traits) {
        return new Operation(
                new OperationId(new ServiceId(service), name),
                HttpMethod.GET,
                PathTemplate.parse("/"),
                Set.of(traits),
                List.of(),
                "",
                List.of());
    }

    private static void assertRefused(String expected, String text) {
        assertEquals(expected, refusal(text));
    }

    private static String refusal(String text) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Ceiling.parse("c.yaml", text))
                        .getMessage());
    }
}
