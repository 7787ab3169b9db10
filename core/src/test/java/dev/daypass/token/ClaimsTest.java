package dev.daypass.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.daypass.check.Check;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClaimsTest {
    private static final String PRINT = "\"" + "A".repeat(43) + "\"";

    /// The account's own id with an agent, and what else stands beside it.
    private static final String OWN_ACT =
            "{\"sub\":\"%s\",\"account\":\"acc_01M86FYZ800000000000000000\"%s}";

    private static final List<String> REQUIRED =
            List.of(
                    "iss",
                    "sub",
                    "client_id",
                    "aud",
                    "iat",
                    "exp",
                    "jti",
                    "cnf",
                    "rsh",
                    "tenant",
                    "task_id");

    @Test
    void claims_are_read_as_they_were_written() {
        Check.forAll(random -> {
            Claims claims = SampleClaims.random(random);

            assertEquals(claims, Claims.parse(claims.toJson().text()));
        });
    }

    @Test
    void claims_are_written_in_the_words_of_the_standards() {
        assertEquals(
                """
                {"iss":"https://daypass.example","sub":"acc_01M86FYZ800000000000000000","client_id":"shopper",\
                "aud":"https://daypass.example/shop","iat":1795514400,"exp":1795515000,"jti":"AAAAAAAAAAAAAAAAAAAAAA",\
                "cnf":{"x5t#S256":%s},"task_id":"task_01M86FYZ800000000000000000","rsh":"%s",\
                "authorization_details":[{"type":"agent_task","grant":[{"service":"shop","operation":"search",\
                "method":"GET","path":"/search","constraints":{"query.from":["NYC"]}}]}],\
                "budget":{"calls":7},"tenant":"default"}\
                """
                        .formatted(PRINT, SampleClaims.GRANT.resourceHash()),
                SampleClaims.claims().toJson().text());
    }

    @Test
    void a_delegated_account_says_who_acts_and_within_it_for_whom() {
        var parent =
                new Actor(new AgentId("lead"), new AccountId("acc_01M86FYZ800000000000000001"));
        Claims claims = SampleClaims.below(List.of(parent));

        assertEquals(
                OWN_ACT.formatted(
                        "shopper",
                        ",\"act\":{\"sub\":\"lead\",\"account\":\"acc_01M86FYZ800000000000000001\"}"),
                String.valueOf(claims.act() == null ? null : claims.act().text()));
        assertEquals(claims, Claims.parse(claims.toJson().text()));
    }

    @Test
    void one_audience_is_text_and_more_are_a_list() {
        List<String> two = List.of(SampleClaims.SHOP, SampleClaims.ISSUER + "/library");
        Claims one = Claims.parse(payload("aud", Json.of(SampleClaims.SHOP)));
        Claims both = Claims.parse(payload("aud", Json.strings(two)));

        assertEquals(List.of(SampleClaims.SHOP), one.audience());
        assertEquals(two, both.audience());
    }

    @Test
    void without_its_grant_a_token_keeps_the_hash() {
        Claims without = SampleClaims.claims().withoutGrant();

        assertNull(without.grant());
        assertEquals(SampleClaims.GRANT.resourceHash(), without.resourceHash());
        assertEquals(without, Claims.parse(without.toJson().text()));
    }

    @Test
    void that_a_token_is_bound_to_nothing_must_be_said() {
        Json.Obj claims = SampleClaims.claims().toJson();
        var unbound = new LinkedHashMap<>(claims.members());
        unbound.remove("cnf");
        unbound.put("unbound", Json.of(true));
        var both = new LinkedHashMap<>(claims.members());
        both.put("unbound", Json.of(true));
        var no = new LinkedHashMap<>(unbound);
        no.put("unbound", Json.of(false));

        Claims read = Claims.parse(Json.obj(unbound).text());

        assertNull(read.binding());
        assertEquals(read, Claims.parse(read.toJson().text()));
        assertRefused(Json.obj(both).text(), "cnf");
        assertRefused(Json.obj(no).text(), "cnf");
    }

    @Test
    void a_token_is_sent_with_the_scheme_of_its_binding() {
        assertEquals("Bearer", Claims.tokenType(SampleClaims.BOUND));
        assertEquals("Bearer", Claims.tokenType(null));
        assertEquals("DPoP", Claims.tokenType(new KeyThumbprint.Jwk(SampleClaims.BOUND.value())));
    }

    @TestFactory
    Stream<DynamicTest> a_claim_that_is_missing_is_named() {
        return REQUIRED.stream()
                .map(claim -> dynamicTest(claim, () -> assertRefused(without(claim), claim)));
    }

    @TestFactory
    Stream<DynamicTest> a_claim_of_another_type_is_named() {
        return REQUIRED.stream()
                .flatMap(claim ->
                        Stream.of("true", "{}", "[7]", "1.5")
                                .filter(value -> !(claim.equals("cnf") && value.equals("{}")))
                                .map(value ->
                                        dynamicTest(
                                                claim + " " + value,
                                                () ->
                                                        assertRefused(
                                                                payload(claim, Json.parse(value)),
                                                                claim))));
    }

    @TestFactory
    Stream<DynamicTest> a_claim_with_a_value_that_cannot_be_is_named() {
        Map<String, List<String>> bad = new LinkedHashMap<>();
        bad.put("sub", List.of("\"\"", "\"acc_1\"", "\"ACC_01M86FYZ800000000000000000\""));
        bad.put("client_id", List.of("\"\"", "\"No Such Name\""));
        bad.put("tenant", List.of("\"\"", "\"No Such Name\""));
        bad.put("aud", List.of("[]"));
        bad.put(
                "iat",
                List.of("\"1795514400\"", "1e400", "9223372036854775807", "9223372036854775808"));
        bad.put("exp", List.of("\"1795514400\"", "0.5", "-9223372036854775808"));
        bad.put("task_id", List.of("\"task_01M86FYZ800000000000000001\""));
        bad.put(
                "cnf",
                List.of(
                        "{}",
                        "{\"x5t#S256\":\"short\"}",
                        "{\"jkt\":7}",
                        "{\"x5t#S256\":" + PRINT + ",\"jkt\":" + PRINT + "}",
                        "{\"x5t#S256\":" + PRINT + ",\"kid\":\"1\"}"));
        bad.put(
                "act",
                List.of(
                        "7",
                        "{}",
                        "{\"sub\":\"shopper\"}",
                        OWN_ACT.formatted("shopper", ""),
                        OWN_ACT.formatted("shopper", ",\"act\":{\"sub\":\"lead\"}"),
                        OWN_ACT.formatted("lead", ",\"act\":" + OWN_ACT.formatted("shopper", "")),
                        OWN_ACT.formatted("shopper", ",\"aud\":\"x\""),
                        OWN_ACT.formatted(
                                "shopper", ",\"act\":" + OWN_ACT.formatted("No Such", ""))));
        bad.put(
                "budget",
                List.of(
                        "7",
                        "{}",
                        "{\"calls\":0}",
                        "{\"calls\":-1}",
                        "{\"calls\":1000000001}",
                        "{\"calls\":1,\"coins\":1}"));
        bad.put(
                "authorization_details",
                List.of(
                        "{}",
                        "[7]",
                        "[{\"type\":\"agent_task\"}]",
                        "[{\"type\":\"payment\",\"grant\":[]}]",
                        "[{\"type\":\"agent_task\",\"grant\":[],\"more\":1}]",
                        "[{\"type\":\"agent_task\",\"grant\":{}}]",
                        "[{\"type\":\"agent_task\",\"grant\":[]},{\"type\":\"agent_task\",\"grant\":[]}]"));
        return bad.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream()
                                .map(value ->
                                        dynamicTest(
                                                entry.getKey() + " " + value,
                                                () ->
                                                        assertRefused(
                                                                payloadOf(entry.getKey(), value),
                                                                entry.getKey()))));
    }

    @Test
    void a_claim_that_is_not_known_is_named() {
        assertRefused(payload("scope", Json.of("all")), "scope");
    }

    @Test
    void how_long_the_account_lives_is_told_in_whole_seconds_where_it_is_told() {
        String payload = SampleClaims.claims().toJson().text();
        String told = payload.substring(0, payload.length() - 1) + ",\"account_ttl\":7200}";

        assertNull(Claims.parse(payload).accountTtl());
        assertEquals(java.time.Duration.ofHours(2), Claims.parse(told).accountTtl());
        assertThrows(WireException.class, () -> Claims.parse(told.replace(":7200}", ":-1}")));
        assertThrows(WireException.class, () -> Claims.parse(told.replace(":7200}", ":\"1h\"}")));
    }

    @Test
    void a_claim_given_twice_is_refused() {
        String text = payload("iss", Json.of(SampleClaims.ISSUER));

        assertThrows(
                WireException.class,
                () -> Claims.parse(text.substring(0, text.length() - 1) + ",\"sub\":\"acc_x\"}"));
    }

    @Test
    void what_is_no_object_is_refused() {
        for (String text : List.of("", "[]", "null", "7", "\"text\"", "{", "{}{}")) {
            assertThrows(WireException.class, () -> Claims.parse(text), text);
        }
    }

    private static void assertRefused(String payload, String claim) {
        WireException refusal = assertThrows(WireException.class, () -> Claims.parse(payload));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("`" + claim),
                () -> claim + " is not named by: " + refusal.getMessage());
    }

    private static String payload(String claim, Json value) {
        var members = new LinkedHashMap<>(SampleClaims.claims().toJson().members());
        members.put(claim, value);
        return Json.obj(members).text();
    }

    private static String without(String claim) {
        var members = new LinkedHashMap<>(SampleClaims.claims().toJson().members());
        members.remove(claim);
        return Json.obj(members).text();
    }

    // As text, for numbers that no writer of ours would make.
    private static String payloadOf(String claim, String value) {
        return payload(claim, Json.of("@")).replace("\"@\"", value);
    }
}
