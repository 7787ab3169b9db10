package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent acts for a user who logged in elsewhere: within what that user may hand on, and no
/// token but a good one counts.
class OnBehalfOfUserTest {
    private static final String STAFF = "allow: [{service: lab, operations: ['read*']}]\n";
    private static final String BOSSES =
            "allow: [{service: lab, traits: ['*']}]\nttl_max: 5m\ncalls_max: 2\n";

    private final SettableClock clock = new SettableClock();

    @TempDir Path folder = Path.of("");
    private Login login;
    private Path file = Path.of("");
    private Installation here;
    private Upstream upstream;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        login = Login.start(clock);
        Files.writeString(folder.resolve("staff.yaml"), STAFF);
        Files.writeString(folder.resolve("bosses.yaml"), BOSSES);
        file =
                Files.writeString(
                        folder.resolve("daypass.yaml"),
                        """
                        users:
                          - issuer: %1$s
                            audience: daypass
                            jwks_url: %1$s/jwks
                            allow_private: true
                            clients: [webmail]
                            grants:
                              bosses: %2$s/bosses.yaml
                              staff: %2$s/staff.yaml
                        """
                                .formatted(login.url(), folder));
        here = Installation.start(file, clock);
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    @AfterEach
    void stop() {
        here.close();
        upstream.close();
        login.close();
    }

    private Answer open(String task, String token) {
        return open(task, token, null);
    }

    private Answer open(String task, String token, @Nullable String parent) {
        return agent.client()
                .open(
                        Json.object()
                                .put("task", task)
                                .put("ttl", "30m")
                                .put("parent", parent)
                                .put("on_behalf_of", token)
                                .build());
    }

    private static TreeSet<String> operations(Answer account) {
        var out = new TreeSet<String>();
        for (Json leaf : JsonFields.of(account.json()).items("grant")) {
            out.add(JsonFields.of(leaf).string("operation"));
        }
        return out;
    }

    private void refused(int status, String why, String token) {
        Answer answer = open(Lab.READ, token);
        assertEquals(status, answer.status(), answer.bodyText());
        assertEquals("authenticate", answer.text("step").orElse(""), answer.bodyText());
        assertTrue(answer.text("detail").orElse("").contains(why), answer.bodyText());
        assertFalse(answer.text("next").orElse("").isEmpty(), answer.bodyText());
    }

    @Test
    void an_account_has_what_agent_and_user_may_and_tells_for_whom_it_is() {
        Answer staff = open(Lab.ALL, login.token("anna", "staff", "climbers"));

        Agent.Opened opened = Agent.opened(staff);
        assertFalse(operations(staff).contains("createThing"), staff.bodyText());
        assertTrue(operations(staff).contains("readThing"), staff.bodyText());
        assertTrue(staff.bodyText().contains("outside what user `anna` may do"));
        JsonFields user = JsonFields.of(staff.json()).objectOrNull("user");
        assertTrue(user != null);
        assertEquals("anna", user.string("sub"));
        assertEquals(login.url(), user.string("issuer"));
        assertTrue(here.account(opened.id()).bodyText().contains("\"sub\":\"anna\""));
        assertEquals(200, agent.call("GET", "/lab/x", opened).status());
        assertEquals(403, agent.call("POST", "/lab/x", opened).status());
    }

    @Test
    void another_group_hands_on_something_else_for_as_long_as_it_may() {
        Answer boss = open(Lab.ALL, login.token("bea", "bosses", "staff"));
        Agent.Opened opened = Agent.opened(boss);

        assertTrue(operations(boss).contains("createThing"), boss.bodyText());
        assertEquals("2", JsonFields.of(boss.json()).longValue("calls_max") + "");
        assertEquals(200, agent.call("POST", "/lab/x", opened).status());
        clock.advance(Duration.ofMinutes(5));
        assertEquals(401, agent.call("GET", "/lab/x", opened).status());

        Answer guest = open(Lab.READ, login.token("gus", "guests"));
        assertEquals(422, guest.status(), guest.bodyText());
        assertEquals(422, open(Lab.READ, login.token("gus")).status());
    }

    @Test
    void only_a_good_token_counts() throws IOException {
        refused(403, "issuer", login.token("a", List.of(), c -> c.put("iss", Json.of("x"))));
        refused(403, "`aud`", login.token("a", List.of(), c -> c.put("aud", Json.of("mail"))));
        refused(403, "expired", login.token("a", List.of(), c -> c.put("exp", past())));
        refused(403, "`azp`", login.token("a", List.of(), c -> c.put("azp", Json.of("game"))));
        refused(400, "permitted way", login.unsigned("anna"));
        refused(400, "permitted way", login.withMac("anna"));
        refused(403, "not signed by its issuer", login.ofUnknownKey("anna"));
        refused(403, "not signed by its issuer", forged());
        refused(
                400,
                "longer than",
                login.token("a", List.of(), c -> c.put("x", Json.of("x".repeat(9_000)))));
        refused(400, "three parts", "anna");
        Answer number =
                agent.client()
                        .open(Json.object().put("task", Lab.READ).put("on_behalf_of", 7).build());
        assertEquals(400, number.status());
    }

    private Json past() {
        return Json.of(clock.instant().getEpochSecond() - 60);
    }

    /// Signed with a key of the same name that the login never had.
    private String forged() throws IOException {
        try (Login forger = Login.start(clock)) {
            return forger.token("anna", List.of("bosses"), c -> c.put("iss", Json.of(login.url())));
        }
    }

    @Test
    void a_new_key_is_fetched_once_and_the_old_one_ends_with_it() {
        String before = login.token("anna", "staff");
        assertEquals(201, open(Lab.READ, before).status());
        for (int i = 0; i < 5; i++) {
            assertEquals(201, open(Lab.READ, before).status());
            assertEquals(403, open(Lab.READ, login.ofUnknownKey("anna")).status());
        }
        assertEquals(1, login.fetches());

        login.rotate("two");
        clock.advance(Duration.ofMinutes(1));

        assertEquals(201, open(Lab.READ, login.token("anna", "staff")).status());
        refused(403, "not signed by its issuer", before);
        assertEquals(2, login.fetches());
    }

    @Test
    void without_its_keys_nobody_is_believed() {
        login.close();

        Answer answer = open(Lab.READ, login.token("anna", "staff"));

        assertEquals(503, answer.status(), answer.bodyText());
        assertEquals("authenticate", answer.text("step").orElse(""));
    }

    @Test
    void a_child_is_for_the_same_user_and_nobody_else() {
        Agent.Opened parent = Agent.opened(open(Lab.READ, login.token("anna", "staff")));

        Answer child =
                agent.client()
                        .open(
                                Json.object()
                                        .put("task", Lab.READ)
                                        .put("parent", parent.id())
                                        .build());
        Answer other = open(Lab.READ, login.token("bea", "bosses"), parent.id());

        assertEquals(201, child.status(), child.bodyText());
        assertTrue(child.bodyText().contains("\"sub\":\"anna\""), child.bodyText());
        assertEquals(403, other.status(), other.bodyText());
        assertEquals("authenticate", other.text("step").orElse(""));
    }

    @Test
    void the_bound_outlives_a_new_start_and_holds_nothing_once_its_issuer_is_gone()
            throws IOException {
        Agent.Opened opened =
                Agent.opened(open("read things in the lab", login.token("anna", "staff")));
        here = here.again(file, clock);
        Answer widened = widen(opened, "also read the heads");
        assertEquals(200, widened.status(), widened.bodyText());
        assertTrue(widened.bodyText().contains("\"sub\":\"anna\""), widened.bodyText());
        assertEquals(422, widen(opened, "now create a thing").status());

        here = here.again(Files.writeString(folder.resolve("empty.yaml"), "users: []\n"), clock);

        Answer after = widen(opened, "also read the slashes");
        assertEquals(422, after.status(), after.bodyText());
        refused(403, "issuer", login.token("anna", "staff"));
    }

    private Answer widen(Agent.Opened account, String reason) {
        return agent.client()
                .send(
                        "POST",
                        "/v1/accounts/" + account.id() + "/widen",
                        Json.object().put("reason", reason).build());
    }

    @Test
    void an_oauth_client_says_it_in_its_details() throws Exception {
        String token = login.token("anna", "staff");
        HttpResponse<String> good = details(token);
        HttpResponse<String> bad = details(login.withMac("anna"));

        assertEquals(200, good.statusCode(), good.body());
        assertFalse(good.body().contains("createThing"), good.body());
        assertTrue(good.body().contains("readThing"), good.body());
        assertEquals(400, bad.statusCode(), bad.body());
        assertTrue(bad.body().contains("invalid_authorization_details"), bad.body());
    }

    private HttpResponse<String> details(String token) throws Exception {
        var members = new LinkedHashMap<String, Json>();
        members.put("type", Json.of("agent_task"));
        members.put("task", Json.of(Lab.ALL));
        members.put("on_behalf_of", Json.of(token));
        String form =
                "grant_type=client_credentials&authorization_details="
                        + URLEncoder.encode(
                                Json.array(List.of(Json.obj(members))).text(),
                                StandardCharsets.UTF_8);
        try (HttpClient client = agent.http(HttpClient.Version.HTTP_1_1)) {
            return client.send(
                    HttpRequest.newBuilder(agent.server().resolve("/oauth2/token"))
                            .header("content-type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void rules_on_calls_see_the_user() {
        here.rules(
                """
                rules:
                  - name: anna-is-on-leave
                    on: [call]
                    deny: "account.user.sub == 'anna'"
                """);

        Agent.Opened anna = Agent.opened(open(Lab.READ, login.token("anna", "staff")));
        Agent.Opened bea = Agent.opened(open(Lab.READ, login.token("bea", "staff")));

        assertEquals(403, agent.call("GET", "/lab/x", anna).status());
        assertEquals(200, agent.call("GET", "/lab/x", bea).status());
        assertEquals(200, agent.call("GET", "/lab/x", agent.open(Lab.READ)).status());
    }

    @Test
    void nothing_of_a_token_is_kept() {
        String good = login.token("anna", "staff", "climbers");
        String bad = login.ofUnknownKey("bob");
        open(Lab.READ, good);
        open(Lab.READ, bad);
        open("delete everything", good);

        String told = "the user's token is not signed by its issuer";
        Await.until("recorded", () -> Ledger.of(here).contains(told));
        String ledger = Ledger.of(here);

        assertTrue(ledger.contains("\"sub\":\"anna\""));
        assertFalse(ledger.contains("climbers"), "groups that are nobody's business here");
        for (String token : List.of(good, bad)) {
            for (String part : token.split("\\.", -1)) {
                assertFalse(ledger.contains(part), "part of a token");
            }
        }
    }
}
