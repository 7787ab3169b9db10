package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.wire.Json;
import org.junit.jupiter.api.Test;

/// The problem documents as they go out, byte by byte.
class ProblemTest {
    private static String body(Problem problem) {
        return problem.toResponse().body().text();
    }

    @Test
    void a_problem_has_the_members_of_rfc_9457_and_ours() {
        Problem problem =
                Problem.of("not-permitted", "Not in this account's grant", 403, "DELETE /offers/7")
                        .at("permitted")
                        .next("POST /v1/accounts")
                        .member("rule", Json.of("night"));

        assertEquals(
                "{\"type\":\"https://daypass.dev/problems/not-permitted\","
                        + "\"title\":\"Not in this account's grant\",\"status\":403,"
                        + "\"step\":\"permitted\",\"detail\":\"DELETE /offers/7\","
                        + "\"next\":\"POST /v1/accounts\",\"rule\":\"night\"}",
                body(problem));
        assertEquals(403, problem.toResponse().status());
        assertEquals(
                "application/problem+json", problem.toResponse().headers().get("content-type"));
        assertEquals("no-store", problem.toResponse().headers().get("cache-control"));
    }

    @Test
    void what_does_not_apply_is_left_out() {
        assertEquals(
                "{\"type\":\"https://daypass.dev/problems/not-found\",\"title\":\"Not found\","
                        + "\"status\":404,\"detail\":\"no such endpoint\"}",
                body(Problem.notFound("no such endpoint")));
        assertEquals(Problem.notFound("x"), Problem.notFound("x").header("retry-after", null));
    }

    @Test
    void an_error_of_ours_tells_only_its_number() {
        assertEquals(
                "{\"type\":\"https://daypass.dev/problems/internal-error\","
                        + "\"title\":\"Internal error\",\"status\":500,"
                        + "\"detail\":\"something went wrong here, incident 1f\","
                        + "\"next\":\"tell the operator the incident number\"}",
                body(Problem.internal("1f")));
    }

    @Test
    void one_that_may_be_tried_again_says_when() {
        Response response = Problem.unavailable("full").toResponse();

        assertEquals(503, response.status());
        assertEquals("1", response.headers().get("retry-after"));
    }

    @Test
    void text_from_outside_stays_text() {
        String body = body(Problem.malformed("</script>\"\n\u001b[31m\u2028"));

        assertEquals(
                "</script>\"\n\u001b[31m\u2028",
                Json.parse(body) instanceof Json.Obj(var members)
                                && members.get("detail") instanceof Json.Str(var detail)
                        ? detail
                        : "");
        assertFalse(body.contains("\n"));
        assertFalse(body.contains("\u001b"));
    }
}
