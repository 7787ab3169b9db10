package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the edge signs, verified by what others made: `aws4` for Signature Version 4 and
/// `http-message-signatures` for RFC 9421, in a service of Node.js.
///
/// Mutations that make it fail: in `AwsSigner`, leave `target` as it came, or encode once; in
/// `MessageSigner`, leave any component out, or digest an empty body.
class SignedCallsTest {
    /// Paths and queries in which canonical forms go apart.
    private static final List<String> TARGETS =
            List.of(
                    "/x",
                    "/",
                    "/x?a=1",
                    "/x?b=2&a=1",
                    "/x?a",
                    "/x?a=&b=",
                    "/a%20b",
                    "/%C3%BC?q=%C3%A4",
                    "/a!b$c'd(e)f*g,h:i@j",
                    "/x~y-z_.w",
                    "/a+b?c=d%2Be",
                    "/x?q=a%20b%26c%3Dd",
                    "/x?q=%7E~-_.",
                    "/one/two",
                    "/x/");

    private static Installation here;
    private static Agent agent;
    private static Path packages;

    @BeforeAll
    static void start() throws IOException {
        packages = NodeClients.installed("node").directory();
        here = Installation.start();
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    private static NodeServer verifier(Json.Obj known) {
        return NodeServer.start(packages, "verifier.mjs", known.text());
    }

    private static Json aws(String service, String secret, String session) {
        return Json.object()
                .put("kind", "aws_sigv4")
                .put("access_key_id", "AKIDEXAMPLE")
                .put("value", secret)
                .put("session_token", session.isEmpty() ? null : session)
                .put("region", "eu-central-1")
                .put("service", service)
                .build();
    }

    private static Json.Obj known(String service, String secret, String session) {
        return Json.object()
                .put("id", "AKIDEXAMPLE")
                .put("secret", secret)
                .put("session", session)
                .put("region", "eu-central-1")
                .put("service", service)
                .build();
    }

    private static Json.Obj keys(Installation of) throws Exception {
        HttpResponse<String> published =
                of.agent("agent")
                        .http(HttpClient.Version.HTTP_1_1)
                        .send(
                                HttpRequest.newBuilder(of.issuer().resolve("/oauth2/jwks")).build(),
                                HttpResponse.BodyHandlers.ofString());
        return (Json.Obj) Json.parse(published.body());
    }

    private static Agent.Opened account(NodeServer service, Json credential) {
        here.register("lab", Lab.OPENAPI, service.url(), credential);
        return agent.open(Lab.ALL);
    }

    private static Wire.Reply ask(Agent.Opened account, String method, String target, String rest) {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            return wire.ask(
                    "%s /lab%s HTTP/1.1\r\nHost: e\r\nAuthorization: %s\r\n%s"
                            .formatted(method, target, account.bearer(), rest));
        }
    }

    private static void everythingIsGood(Agent.Opened account) {
        for (String target : TARGETS) {
            Wire.Reply reply = ask(account, "GET", target, "\r\n");
            assertEquals("good", reply.body(), target);
        }
        for (String body : List.of("", "a", "{\"a\": [1, 2]}", "x".repeat(70_000))) {
            Wire.Reply reply =
                    ask(
                            account,
                            "POST",
                            "/x?a=1",
                            "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(body.length(), body));
            assertEquals("good", reply.body(), () -> body.length() + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute-api", "s3"})
    void aws_signatures_are_what_another_signer_comes_to(String service) {
        try (NodeServer verifier = verifier(known(service, "a-secret-access-key", "a-session"))) {
            everythingIsGood(account(verifier, aws(service, "a-secret-access-key", "a-session")));
        }
    }

    @Test
    void an_agents_own_aws_fields_and_ranges_do_not_confuse_them() {
        try (NodeServer verifier = verifier(known("s3", "a-secret-access-key", ""))) {
            Agent.Opened account = account(verifier, aws("s3", "a-secret-access-key", ""));
            Wire.Reply reply =
                    ask(
                            account,
                            "GET",
                            "/x",
                            "X-Amz-Date: 20200101T000000Z\r\nX-Amz-Security-Token: mine\r\nX-Amz-Meta-A: b  c\r\nRange: bytes=0-9\r\n\r\n");
            assertEquals("good", reply.body());
        }
    }

    @Test
    void the_verifier_of_aws_signatures_refuses_another_key() {
        try (NodeServer verifier = verifier(known("s3", "a-secret-access-key", ""))) {
            Wire.Reply reply =
                    ask(account(verifier, aws("s3", "another-key", "")), "GET", "/x", "\r\n");
            assertTrue(reply.body().startsWith("another signature"), reply.body());
        }
    }

    @Test
    void signed_requests_hold_for_what_arrived_and_for_nothing_else() throws Exception {
        try (NodeServer verifier = verifier(keys(here))) {
            everythingIsGood(account(verifier, Json.object().put("kind", "signature").build()));
        }
    }

    @Test
    void the_verifier_of_signed_requests_refuses_the_keys_of_another_server() throws Exception {
        try (Installation other = Installation.start();
                NodeServer verifier = verifier(keys(other))) {
            Agent.Opened account =
                    account(verifier, Json.object().put("kind", "signature").build());
            Wire.Reply reply = ask(account, "GET", "/x", "\r\n");
            assertEquals(403, reply.status());
            assertTrue(reply.body().startsWith("Unknown key"), reply.body());
        }
    }
}
