package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threats 5 and 15: calls after the end, whoever ended the account, and what was under way.
///
/// Mutation: `EdgeView` forgets an ending, or `ActiveCalls` does not cut.
class Row05EndingTest {
    private static final int STREAMED_BYTES = 64 * 1024;

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent neighbour;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab", "other");
        here.rules(
                """
                rules:
                  - name: two-hours-are-long
                    on: [open]
                    approve: "account.ttl > duration('2h')"
                """);
        agent = here.agent("agent");
        neighbour = here.agent("neighbour");
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

    private static Agent.Opened using(Agent by, String service) {
        return by.open(
                Json.object()
                        .put("task", Lab.READ)
                        .put("services", Json.strings(List.of(service)))
                        .build());
    }

    private static Answer operator(String method, String path) {
        return here.operator().send(method, path, null);
    }

    private static void lives(Agent.Opened account) {
        assertEquals(200, agent.call("GET", "/lab/x", account).status());
    }

    private static void over(Agent.Opened account, String reason) {
        int before = upstream.received().size();
        Answer refused = agent.call("GET", "/lab/x", account);
        assertEquals(401, refused.status(), refused.bodyText());
        assertEquals("fresh", refused.text("step").orElse(""), refused.bodyText());
        assertEquals(before, upstream.received().size());
        assertEquals("ended " + reason, here.state(account.id()));
    }

    private static void ends(Agent.Opened account, Answer end, String reason) {
        assertEquals(200, end.status(), end.bodyText());
        over(account, reason);
    }

    @Test
    void a_completed_account_is_refused_at_the_edge() {
        Agent.Opened account = using(agent, "lab");
        lives(account);

        ends(
                account,
                agent.send("POST", "/v1/accounts/" + account.id() + "/complete"),
                "completed");
    }

    @Test
    void an_account_that_its_agent_revoked_is_refused_at_the_edge() {
        Agent.Opened account = using(agent, "lab");
        lives(account);

        ends(account, agent.send("DELETE", "/v1/accounts/" + account.id()), "revoked");
    }

    @Test
    void an_account_that_an_operator_revoked_is_refused_at_the_edge() {
        Agent.Opened account = using(agent, "lab");
        lives(account);

        ends(account, operator("DELETE", "/v1/accounts/" + account.id()), "revoked");
    }

    @Test
    void ending_twice_is_no_error_and_keeps_the_first_reason() {
        Agent.Opened account = using(agent, "lab");

        for (int i = 0; i < 2; i++) {
            ends(
                    account,
                    agent.send("POST", "/v1/accounts/" + account.id() + "/complete"),
                    "completed");
            ends(account, operator("DELETE", "/v1/accounts/" + account.id()), "completed");
        }
    }

    @Test
    void an_agent_cannot_end_or_see_the_account_of_another() {
        Agent.Opened account = using(agent, "lab");

        for (Answer answer :
                List.of(
                        neighbour.send("DELETE", "/v1/accounts/" + account.id()),
                        neighbour.send("POST", "/v1/accounts/" + account.id() + "/complete"),
                        neighbour.send("POST", "/v1/accounts/" + account.id() + "/token"),
                        neighbour.send("GET", "/v1/accounts/" + account.id()))) {
            assertEquals(404, answer.status(), answer.bodyText());
        }
        lives(account);
    }

    @Test
    void operators_revoke_by_service_by_agent_and_all() {
        Agent.Opened here1 = using(agent, "lab");
        Agent.Opened elsewhere = using(agent, "other");
        Agent.Opened theirs = using(neighbour, "lab");

        revoke(Json.object().put("service", "other").build());
        over2(agent, "other", elsewhere);
        lives(here1);

        revoke(Json.object().put("agent", "agent").build());
        over(here1, "revoked");
        assertEquals(200, neighbour.call("GET", "/lab/x", theirs).status());

        revoke(Json.object().put("all", true).build());
        over2(neighbour, "lab", theirs);
    }

    private static void revoke(Json what) {
        Answer revoked = here.operator().send("POST", "/v1/revoke", what);
        assertEquals(200, revoked.status(), revoked.bodyText());
    }

    private static void over2(Agent by, String service, Agent.Opened account) {
        assertEquals(401, by.call("GET", "/" + service + "/x", account).status());
        assertEquals("ended revoked", here.state(account.id()));
    }

    @Test
    void an_account_ends_at_its_deadline() {
        Agent.Opened account =
                agent.open(Json.object().put("task", Lab.READ).put("ttl", "1s").build());

        Await.until("expired", () -> here.state(account.id()).equals("ended expired"));

        assertEquals(401, agent.call("GET", "/lab/x", account).status());
        assertEquals(409, agent.send("POST", "/v1/accounts/" + account.id() + "/token").status());
    }

    @Test
    void a_denied_account_never_gets_a_token() {
        Answer asked =
                agent.client().open(Json.object().put("task", Lab.READ).put("ttl", "3h").build());
        assertEquals(202, asked.status(), asked.bodyText());
        assertFalse(asked.bodyText().contains("access_token"));
        String path = "/v1/accounts/" + asked.text("id").orElseThrow();
        assertEquals(409, agent.send("POST", path + "/token").status());

        assertEquals(200, operator("POST", path + "/deny").status());

        assertEquals("ended denied", here.state(asked.text("id").orElseThrow()));
        assertEquals(409, agent.send("POST", path + "/token").status());
        assertEquals(409, operator("POST", path + "/approve").status());
    }

    @Test
    void a_child_ends_with_its_parent_and_the_grandchild_too() {
        Agent.Opened parent = agent.open(Lab.READ);
        Agent.Opened child = child(parent);
        Agent.Opened grandchild = child(child);
        lives(grandchild);

        ends(parent, agent.send("DELETE", "/v1/accounts/" + parent.id()), "revoked");

        over(child, "parent_ended");
        over(grandchild, "parent_ended");
        Answer late = agent.client().open(childOf(parent));
        assertEquals(404, late.status(), late.bodyText());
    }

    private static Agent.Opened child(Agent.Opened parent) {
        return agent.open(childOf(parent));
    }

    private static Json.Obj childOf(Agent.Opened parent) {
        return Json.object().put("task", Lab.READ).put("parent", parent.id()).build();
    }

    /// Streams without end.
    private static void stream(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(chunk);
            out.flush();
        }
    }

    @Test
    void a_stream_is_cut_on_both_sides_when_its_account_is_revoked() throws IOException {
        upstream.follow(Row05EndingTest::stream);
        Agent.Opened account = agent.open(Lab.READ);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
            assertEquals(STREAMED_BYTES, wire.in().readNBytes(STREAMED_BYTES).length);
            int before = upstream.closed();

            assertEquals(200, agent.send("DELETE", "/v1/accounts/" + account.id()).status());

            Await.until("the service is cut off", () -> upstream.closed() > before);
            String rest = tail(wire.in());
            assertFalse(rest.endsWith("0\r\n\r\n"), "the answer must not look whole");
        }
    }

    private static String tail(InputStream in) {
        byte[] last = new byte[0];
        try {
            for (byte[] some = in.readNBytes(4096); some.length > 0; some = in.readNBytes(4096)) {
                last = some;
            }
        } catch (IOException _) {
            return "";
        }
        return new String(last, StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_stream_that_was_cut_is_in_the_ledger() {
        upstream.follow(Row05EndingTest::stream);
        Agent.Opened account = agent.open(Lab.READ);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/cut HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
            wire.in().readNBytes(STREAMED_BYTES);

            agent.send("DELETE", "/v1/accounts/" + account.id());

            Await.until("recorded", () -> Ledger.of(here).contains("GET /cut"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void revoking_one_account_leaves_the_others_of_its_connection_alone() throws Exception {
        upstream.follow(Row05EndingTest::stream);
        Agent.Opened first = agent.open(Lab.READ);
        Agent.Opened second = agent.open(Lab.READ);
        try (HttpClient http = agent.http(HttpClient.Version.HTTP_2)) {
            InputStream one = streaming(http, first);
            InputStream two = streaming(http, second);

            assertEquals(200, agent.send("DELETE", "/v1/accounts/" + first.id()).status());

            assertThrows(IOException.class, () -> one.skipNBytes(Long.MAX_VALUE));
            two.skipNBytes(32L * STREAMED_BYTES); // more than can be under way
            agent.send("DELETE", "/v1/accounts/" + second.id());
            assertThrows(IOException.class, () -> two.skipNBytes(Long.MAX_VALUE));
        }
    }

    private static InputStream streaming(HttpClient http, Agent.Opened account)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(
                        agent.request("/lab/x", account).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        response.body().skipNBytes(STREAMED_BYTES);
        return response.body();
    }

    @Test
    void a_call_that_waits_for_its_service_is_told_that_the_account_ended() {
        upstream.follow((_, in, _) -> in.read());
        Agent.Opened account = agent.open(Lab.READ);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
            Await.until("under way", () -> upstream.received().size() == 1);

            agent.send("DELETE", "/v1/accounts/" + account.id());

            Wire.Reply reply = wire.reply();
            assertEquals(401, reply.status(), reply.body());
            assertTrue(reply.body().contains("\"step\":\"fresh\""), reply.body());
        }
    }

    @Test
    void removing_an_agent_ends_its_accounts() {
        Agent gone = here.agent("gone");
        Agent.Opened account = gone.open(Lab.READ);

        assertEquals(200, operator("DELETE", "/v1/agents/gone").status());

        assertEquals(401, gone.call("GET", "/lab/x", account).status());
        assertEquals("ended revoked", here.state(account.id()));
        assertEquals(401, gone.client().open(Json.object().put("task", Lab.READ).build()).status());
    }
}
