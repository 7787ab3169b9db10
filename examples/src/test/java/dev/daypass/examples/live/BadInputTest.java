package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 13 and simple mistakes: whatever is sent, the answer is a problem document that helps.
class BadInputTest extends WithLab {
    private static final Pattern TRACE =
            Pattern.compile("Exception|\\bat (java|dev|io|org)\\.|\\.java:|null pointer");
    private static final int DEEP = 20_000;

    private static HttpClient http;

    @BeforeAll
    static void start() {
        http = agent.http(HttpClient.Version.HTTP_2);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static HttpResponse<String> send(String method, String path, String type, byte[] body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(agent.server().resolve(path))
                            .header("content-type", type)
                            .method(method, BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private static HttpResponse<String> open(String body) {
        return send(
                "POST", "/v1/accounts", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /// A problem document with a detail, and nothing of our inside.
    private static void problem(int status, String given, HttpResponse<String> answer) {
        String what = (given.length() > 80 ? given.substring(0, 80) : given) + ": " + answer.body();
        assertEquals(status, answer.statusCode(), what);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("content-type").orElse(""),
                what);
        assertTrue(answer.body().contains("\"detail\":\""), what);
        assertFalse(TRACE.matcher(answer.body()).find(), what);
        assertTrue(answer.body().length() < 8_000, "too long: " + answer.body().length());
    }

    private static void refusedAt(String step, int status, String given) {
        HttpResponse<String> answer = open(given);
        problem(status, given, answer);
        assertTrue(answer.body().contains("\"step\":\"" + step + "\""), given + answer.body());
        assertTrue(answer.body().contains("\"next\":\""), given + answer.body());
    }

    private static String task(String more) {
        return "{\"task\":\"" + Lab.READ + "\"" + more + "}";
    }

    @Test
    void what_is_asked_for_in_the_right_form_is_given() {
        assertEquals(201, open(task("")).statusCode());
        assertEquals(201, open(task(",\"ttl\":\"5m\",\"uses\":3")).statusCode());
    }

    @Test
    void a_task_that_says_nothing_is_refused() {
        for (String words : List.of("", "   ", "\\n", "\\u0000", "x".repeat(5_000))) {
            refusedAt("understand", 400, "{\"task\":\"%s\"}".formatted(words));
        }
    }

    @Test
    void a_task_of_a_mebibyte_is_not_even_read() {
        refusedAt("admit", 413, "{\"task\":\"" + "x".repeat(1 << 20) + "\"}");
    }

    @Test
    void a_body_that_is_no_request_is_refused_with_what_to_do() {
        for (String body : List.of("", "{", "[]", "{\"task\":7}", "{\"task\":\"x\",\"tusk\":1}")) {
            refusedAt("admit", 400, body);
        }
    }

    @Test
    void a_time_that_an_agent_cannot_have_is_refused() {
        for (String ttl : List.of("0", "\"0s\"", "\"87600h\"", "315360000", "\"5h\"")) {
            refusedAt("admit", 400, task(",\"ttl\":" + ttl));
        }
        for (String ttl :
                List.of(
                        "-1",
                        "\"-5m\"",
                        "1.5",
                        "\"\"",
                        "\"soon\"",
                        "{}",
                        "[]",
                        "true",
                        "1e400",
                        "99999999999999999999",
                        "\"99999999999999999999h\"")) {
            problem(400, ttl, open(task(",\"ttl\":" + ttl)));
        }
    }

    @Test
    void a_service_that_is_not_there_is_refused() {
        refusedAt("confine", 400, task(",\"services\":[\"nothing\"]"));
        for (String services : List.of("[\"../lab\"]", "[7]", "\"lab\"", "[\"\"]", "{}")) {
            problem(400, services, open(task(",\"services\":" + services)));
        }
    }

    @Test
    void a_parent_that_is_none_is_refused() {
        refusedAt("confine", 404, task(",\"parent\":\"acc_01M86B10GKPJ7N1BVMSS2NP4A0\""));
        for (String parent : List.of("\"x\"", "\"\"", "7", "{}")) {
            problem(400, parent, open(task(",\"parent\":" + parent)));
        }
    }

    @Test
    void a_budget_that_is_none_is_refused() {
        for (String more :
                List.of(
                        "\"uses\":0",
                        "\"uses\":-1",
                        "\"uses\":1.5",
                        "\"uses\":\"1\"",
                        "\"uses\":10000000000",
                        "\"budget\":7",
                        "\"budget\":{\"calls\":0}",
                        "\"budget\":{\"money\":1}",
                        "\"budget\":{\"calls\":1,\"calls\":2}")) {
            problem(400, more, open(task("," + more)));
        }
    }

    @Test
    void what_is_no_json_object_is_refused() {
        for (String body :
                List.of(
                        "",
                        " ",
                        "{",
                        "{\"task\":",
                        "[]",
                        "\"task\"",
                        "nul",
                        "{'task':'a'}",
                        "{\"task\":\"a\",}",
                        "{\"task\":\"a\"} {}",
                        "{\"task\":\"a\"}x",
                        "\ufeff{\"task\":\"a\"}",
                        "{\"task\":\"\\ud800\"}",
                        "{\"task\":NaN}",
                        "{}",
                        "{\"task\":7}",
                        "{\"task\":null}",
                        "{\"Task\":\"a\"}",
                        task(",\"task\":\"read more\""),
                        task(",\"unknown\":1"),
                        task(",\"t\\u0074l\":\"1m\",\"ttl\":\"2m\""))) {
            problem(400, body, open(body));
        }
        problem(
                400,
                "latin-1",
                send(
                        "POST",
                        "/v1/accounts",
                        "application/json",
                        "{\"task\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void json_that_is_too_deep_is_refused() {
        problem(400, "deep arrays", open("[".repeat(DEEP)));
        problem(400, "deep objects", open("{\"a\":".repeat(DEEP / 2)));
        problem(
                400,
                "deep inside",
                open(task(",\"services\":" + "[".repeat(DEEP) + "]".repeat(DEEP))));
    }

    @Test
    void paths_and_methods_that_are_none_are_told_apart() {
        problem(404, "path", send("GET", "/v1/nothing", "text/plain", new byte[0]));
        problem(404, "id", send("GET", "/v1/accounts/x", "text/plain", new byte[0]));
        problem(404, "id", send("DELETE", "/v1/accounts/..%2f", "text/plain", new byte[0]));
        HttpResponse<String> method = send("PUT", "/v1/accounts", "text/plain", new byte[0]);
        problem(405, "method", method);
        assertEquals("POST", method.headers().firstValue("allow").orElse(""));
    }

    @Test
    void oauth_endpoints_answer_oauth_errors() {
        String form = "grant_type=client_credentials&resource=x";
        String type = "application/x-www-form-urlencoded";
        for (HttpResponse<String> answer :
                List.of(
                        token("application/json", "{}"),
                        token("text/plain", form),
                        token("", form),
                        token(type, ""),
                        token(type, "grant_type=password&username=a&password=b"),
                        token(type, form),
                        token(type, form + "&grant_type=client_credentials"),
                        token(type, "grant_type=%zz"),
                        token(type, "grant_type=client_credentials&authorization_details={"),
                        token(
                                type,
                                "grant_type=client_credentials&authorization_details="
                                        + "%5B".repeat(5_000)),
                        token(type, "a&".repeat(1_000)),
                        send(
                                "POST",
                                "/oauth2/token?grant_type=client_credentials",
                                type,
                                "a=b".getBytes(StandardCharsets.US_ASCII)))) {
            assertEquals(400, answer.statusCode(), answer.body());
            assertEquals(
                    "application/json", answer.headers().firstValue("content-type").orElse(""));
            assertTrue(answer.body().startsWith("{\"error\":\""), answer.body());
            assertFalse(TRACE.matcher(answer.body()).find(), answer.body());
        }
    }

    private static HttpResponse<String> token(String type, String body) {
        return send(
                "POST",
                "/oauth2/token",
                type.isEmpty() ? "x/y" : type,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
