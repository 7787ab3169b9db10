package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.broker.Refusal;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.http.Response;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OAuthErrorsTest {
    @Test
    void every_refusal_has_the_code_that_clients_know() {
        Map<String, String> codes =
                Map.of(
                        "UNKNOWN_CALLER", "401 invalid_client",
                        "MALFORMED", "400 invalid_authorization_details",
                        "TOO_MANY", "429 slow_down",
                        "NOT_UNDERSTOOD", "400 invalid_authorization_details",
                        "NOTHING_TO_GRANT", "400 invalid_authorization_details",
                        "FORBIDDEN", "400 access_denied",
                        "NOT_FOUND", "400 invalid_grant",
                        "CONFLICT", "400 invalid_grant",
                        "UNAVAILABLE", "503 temporarily_unavailable");

        assertEquals(
                codes,
                Arrays.stream(Refusal.Kind.values())
                        .collect(
                                Collectors.toMap(
                                        Enum::name,
                                        kind -> {
                                            Response response =
                                                    OAuthErrors.of(
                                                            Refusal.of(kind, "step", "why", ""));
                                            return response.status()
                                                    + " "
                                                    + member(response, "error");
                                        })));
    }

    @Test
    void no_answer_is_kept_by_a_cache() {
        Response response = OAuthErrors.invalidRequest("why");

        assertEquals("no-store", response.headers().get("cache-control"));
        assertEquals("no-cache", response.headers().get("pragma"));
        assertEquals("application/json", response.headers().get("content-type"));
    }

    @Test
    void who_asks_too_often_is_told_how_long_to_wait() {
        var refusal =
                new Refusal(
                        Refusal.Kind.TOO_MANY,
                        "admit",
                        "why",
                        "",
                        Map.of("retry_after", Json.of(17)));

        assertEquals("17", OAuthErrors.of(refusal).headers().get("retry-after"));
        assertEquals(
                "1",
                OAuthErrors.of(Refusal.of(Refusal.Kind.TOO_MANY, "admit", "why", ""))
                        .headers()
                        .get("retry-after"));
    }

    @Test
    void a_description_holds_only_the_characters_that_it_may() {
        assertEquals(
                "a'b'c'd", member(OAuthErrors.invalidRequest("a\"b\\c\nd"), "error_description"));
        Check.forAll(random -> {
            String description =
                    member(OAuthErrors.invalidRequest(Gen.text(random, 20)), "error_description");

            assertTrue(
                    description
                            .chars()
                            .allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'),
                    description);
        });
    }

    private static String member(Response response, String name) {
        return JsonFields.of(Json.parse(response.body().text())).string(name);
    }
}
