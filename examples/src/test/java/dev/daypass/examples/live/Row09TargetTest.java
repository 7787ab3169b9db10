package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threat 9: what is matched is byte for byte what is sent, or nothing is.
///
/// Mutation: `CanonicalRequest.parse` keeps the target as it came, and so it is sent.
class Row09TargetTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        here.register(
                "asked",
                Lab.OPENAPI,
                upstream.url() + "/base",
                here.credential("query", "api_key", "upstream-key"));
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.follow(Upstream::fine);
    }

    private static Wire.Reply get(String target, String... fields) {
        return request("GET", target, fields);
    }

    private static Wire.Reply request(String method, String target, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            String text =
                    "%s %s HTTP/1.1\r\nHost: edge\r\n%sAuthorization: %s\r\n\r\n"
                            .formatted(method, target, more, account.bearer());
            return wire.ask(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_path_of_its_own_is_not_covered_by_the_template_that_fits_it_too() {
        here.register(
                "siblings",
                """
                openapi: 3.1.0
                info: { title: Siblings, version: 1.0.0 }
                paths:
                  /things/{id}:
                    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                    get: { operationId: readThing, responses: { "200": { description: it } } }
                  /things/passwords:
                    get: { operationId: listPasswords, responses: { "200": { description: them } } }
                """,
                upstream.url(),
                here.credential("bearer", "", "upstream-key"));
        Agent.Opened reads =
                agent.open(
                        Json.object()
                                .put("task", "read the things")
                                .put("services", Json.strings(List.of("siblings")))
                                .build());

        assertEquals(200, agent.call("GET", "/siblings/things/7", reads).status());
        Answer refused = agent.call("GET", "/siblings/things/passwords", reads);

        assertEquals(403, refused.status());
        assertEquals("permitted", refused.text("step").orElse(""));
        assertTrue(refused.bodyText().contains("`listPasswords`"), refused.bodyText());
        assertEquals(1, upstream.received().size());
    }

    @Test
    void every_vector_arrives_in_its_canonical_form_or_not_at_all() throws IOException {
        var wrong = new ArrayList<String>();
        int arrived = 0;
        List<TargetVector> vectors = TargetVector.all();
        for (TargetVector vector : vectors) {
            upstream.follow(Upstream::fine);
            // What does not start with a slash is sent as the whole target.
            String target =
                    vector.target().startsWith("/") ? "/lab" + vector.target() : vector.target();

            Wire.Reply reply = get(target);

            List<String> seen =
                    upstream.received().stream().map(Upstream.Received::target).toList();
            if (seen.isEmpty()) {
                boolean refused =
                        List.of(0, 400, 403, 404).contains(reply.status())
                                && (vector.canonical().isEmpty() || reply.status() == 403);
                if (!refused) {
                    wrong.add("%s: %d %s".formatted(vector, reply.status(), reply.body()));
                }
            } else {
                arrived++;
                if (!seen.equals(List.of(vector.canonical()))) {
                    wrong.add("%s arrived as %s".formatted(vector, seen));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(arrived > 30 && vectors.size() > 150, arrived + " of " + vectors.size());
    }

    private static void refused(Wire.Reply reply, int status) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void header_fields_that_ask_for_another_method_are_refused() {
        for (String field :
                List.of(
                        "X-HTTP-Method-Override: DELETE",
                        "x-http-method: DELETE",
                        "X-Method-Override: PUT",
                        "X_HTTP_Method_Override: DELETE",
                        "x-http_method-override: DELETE")) {
            refused(get("/lab/x", field), 400);
        }
    }

    @Test
    void query_parameters_that_ask_for_another_method_are_refused() {
        for (String query : List.of("_method=DELETE", "a=b&%5Fmethod=DELETE", "_Method=PUT")) {
            refused(get("/lab/x?" + query), 400);
        }
    }

    @Test
    void an_argument_given_twice_is_refused() {
        refused(get("/lab/x?a=1&a=2"), 403);
        refused(get("/lab/x?a=1&%61=2"), 403);
    }

    @Test
    void an_agent_cannot_bring_an_argument_with_the_name_of_the_credential() {
        assertEquals(200, get("/asked/x?b=1").status());
        assertEquals("/base/x?b=1&api_key=upstream-key", upstream.last().target());
        upstream.follow(Upstream::fine);

        refused(get("/asked/x?api_key=mine"), 400);
        refused(get("/asked/x?b=1&%61pi_key=mine"), 400);
    }

    @Test
    void a_target_in_another_form_is_refused() {
        refused(get("http://edge/lab/x"), 400);
        refused(get("https://edge/lab/x"), 400);
        refused(get("lab/x"), 400);
        refused(request("OPTIONS", "*"), 400);
        assertTrue(request("CONNECT", "edge:443").status() >= 400);
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void the_service_is_told_its_own_host_whatever_the_agent_says() {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            Wire.Reply reply =
                    wire.ask(
                            "GET /lab/x HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nAuthorization: %s\r\n\r\n"
                                    .formatted(account.bearer()));
            assertEquals(200, reply.status(), reply.body());
        }
        assertEquals(
                List.of(upstream.url().substring("http://".length())), upstream.last().all("host"));
        assertTrue(!upstream.last().fields().toString().contains("evil"));
    }

    @Test
    void a_request_without_a_host_or_with_two_is_refused() {
        for (String hosts :
                List.of("", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: a, b\r\n")) {
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                refused(
                        wire.ask(
                                "GET /lab/x HTTP/1.1\r\n%sAuthorization: %s\r\n\r\n"
                                        .formatted(hosts, account.bearer())),
                        400);
            }
        }
    }

    @Test
    void a_service_name_is_matched_as_it_is() {
        for (String target :
                List.of("/LAB/x", "/l%61b/x", "//lab/x", "/./lab/x", "/lab;x/x", "/lab%2fx")) {
            refused(get(target), 404);
        }
    }

    @Test
    void methods_that_nobody_knows_are_refused() {
        for (String method : List.of("TRACE", "get", "PROPFIND", "BREW")) {
            refused(request(method, "/lab/x"), 501);
        }
    }
}
