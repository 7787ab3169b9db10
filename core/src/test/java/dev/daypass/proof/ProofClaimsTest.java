package dev.daypass.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProofClaimsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final ProvedRequest REQUEST =
            ProvedRequest.with("token", "GET", "https://edge.example/lab/x");

    private static ProofClaims claims(Map<String, @Nullable Json> changed) {
        var members = new LinkedHashMap<String, Json>();
        members.put("jti", Json.of("id"));
        members.put("htm", Json.of("GET"));
        members.put("htu", Json.of("https://edge.example/lab/x"));
        members.put("iat", Json.of(SECOND));
        members.put("ath", Json.of(String.valueOf(REQUEST.tokenHash())));
        changed.forEach((name, value) -> members.put(name, value));
        return ProofClaims.read(JsonFields.of(Json.obj(members)));
    }

    private static String objection(String name, Json value) {
        return claims(Map.of(name, value)).objection(REQUEST, NOW);
    }

    @Test
    void a_proof_of_this_request_made_now_is_good() {
        assertEquals("", claims(Map.of()).objection(REQUEST, NOW));
        assertEquals("", objection("unheard_of", Json.of(7)));
        assertEquals("", objection("htu", Json.of("HTTPS://EDGE.EXAMPLE:443/lab/x?a=b#c")));
    }

    @Test
    void a_proof_of_another_request_is_not() {
        assertTrue(objection("htm", Json.of("get")).contains("`htm`"));
        assertTrue(objection("htm", Json.of("POST")).contains("`htm`"));
        assertTrue(objection("htu", Json.of("https://edge.example/lab/y")).contains("`htu`"));
        assertTrue(objection("htu", Json.of("http://edge.example/lab/x")).contains("`htu`"));
        assertTrue(objection("htu", Json.of("/lab/x")).contains("`htu`"));
        assertTrue(objection("ath", Json.of("x")).contains("`ath`"));
        assertTrue(objection("ath", new Json.Null()).contains("`ath`"));
    }

    @Test
    void where_there_is_no_token_its_hash_does_not_matter() {
        var request = ProvedRequest.of("GET", "https://edge.example/lab/x");

        assertEquals("", claims(Map.of()).objection(request, NOW));
        assertEquals("", claims(Map.of("ath", new Json.Null())).objection(request, NOW));
    }

    @Test
    void a_proof_is_good_for_a_minute_and_from_ten_seconds_before() {
        assertEquals("", objection("iat", Json.of(SECOND + 10)));
        assertEquals("", objection("iat", Json.of(SECOND - 60)));
        assertTrue(objection("iat", Json.of(SECOND + 11)).contains("future"));
        assertTrue(objection("iat", Json.of(SECOND - 61)).contains("older"));
    }

    @Test
    void times_that_are_not_defined_hold_where_they_are_given() {
        assertEquals("", objection("exp", Json.of(SECOND + 1)));
        assertEquals("", objection("nbf", Json.of(SECOND + 10)));
        assertTrue(objection("exp", Json.of(SECOND)).contains("`exp`"));
        assertTrue(objection("nbf", Json.of(SECOND + 11)).contains("`nbf`"));
    }

    @Test
    void a_claim_that_is_missing_or_of_another_kind_is_named() {
        for (String name : List.of("jti", "htm", "htu", "iat")) {
            for (Json wrong : List.of(new Json.Null(), Json.of(true), Json.array(List.of()))) {
                WireException refused =
                        assertThrows(WireException.class, () -> claims(Map.of(name, wrong)), name);
                assertTrue(String.valueOf(refused.getMessage()).contains(name));
            }
        }
        for (Map<String, Json> wrong :
                List.<Map<String, Json>>of(
                        Map.of("jti", Json.of("")),
                        Map.of("jti", Json.of("x".repeat(201))),
                        Map.of("htu", Json.of("x".repeat(2_049))),
                        Map.of("iat", Json.of("now")),
                        Map.of("iat", Json.parse("1.5")),
                        Map.of("iat", Json.of(Long.MAX_VALUE)),
                        Map.of("exp", Json.of(Long.MIN_VALUE)))) {
            assertThrows(WireException.class, () -> claims(Map.copyOf(wrong)), wrong.toString());
        }
    }
}
