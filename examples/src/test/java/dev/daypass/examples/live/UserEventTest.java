package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An organisation's login says that something happened to a user, and the user's accounts are over
/// (RFC 8935; CAEP 1.0).
///
/// Mutations that make it fail: in `PresentedEvent.believed`, leave out any of its checks; in
/// `UserEvents.take`, do not ask what came before; in `Endings.endAllTold`, end those of others or
/// those that opened later.
class UserEventTest {
    private static final String STAFF = "allow: [{service: lab, operations: ['read*']}]\n";

    private final SettableClock clock = new SettableClock();

    @TempDir Path folder = Path.of("");
    private Login login;
    private Login silent;
    private Installation here;
    private Upstream upstream;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        login = Login.start(clock);
        silent = Login.start(clock);
        Files.writeString(folder.resolve("staff.yaml"), STAFF);
        Path file =
                Files.writeString(
                        folder.resolve("daypass.yaml"),
                        "users:\n"
                                + issuer(login, "\n    events_audience: " + Login.EVENTS)
                                + issuer(silent, ""));
        here = Installation.start(file, clock);
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    private String issuer(Login issuer, String events) {
        return """
          - issuer: %1$s
            audience: daypass
            jwks_url: %1$s/jwks
            allow_private: true%3$s
            grants:
              staff: %2$s/staff.yaml
        """
                .formatted(issuer.url(), folder, events);
    }

    @AfterEach
    void stop() {
        here.close();
        upstream.close();
        login.close();
        silent.close();
    }

    private Agent.Opened openFor(String user) {
        return agent.open(
                Json.object()
                        .put("task", Lab.READ)
                        .put("ttl", "2h")
                        .put("on_behalf_of", login.token(user, "staff"))
                        .build());
    }

    private HttpResponse<String> push(String set) {
        return push(set, "application/secevent+jwt");
    }

    private HttpResponse<String> push(String set, String type) {
        try {
            return agent.http(HttpClient.Version.HTTP_1_1)
                    .send(
                            HttpRequest.newBuilder(here.issuer().resolve("/v1/events"))
                                    .header("content-type", type)
                                    .POST(HttpRequest.BodyPublishers.ofString(set))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void taken(String set) {
        HttpResponse<String> answer = push(set);
        assertEquals(202, answer.statusCode(), answer.body());
        assertEquals("", answer.body());
    }

    private void refused(String error, String set) {
        refused(error, push(set));
    }

    private static void refused(String error, HttpResponse<String> answer) {
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals("application/json", answer.headers().firstValue("content-type").orElse(""));
        JsonFields body = JsonFields.of(Json.parse(answer.body()));
        assertEquals(error, body.string("err"), answer.body());
        assertTrue(!body.string("description").isBlank());
    }

    private String changed(Consumer<Map<String, Json>> change) {
        return login.event("secevent+jwt", "anna", "changed", change);
    }

    @Test
    void the_accounts_of_the_user_are_over_and_no_others() {
        Agent.Opened annas = openFor("anna");
        Agent.Opened bertas = openFor("berta");
        Agent.Opened own = agent.open(Lab.READ);

        taken(login.event("anna", "one"));

        assertEquals(401, agent.client().call("GET", "/lab/x", annas.token()).status());
        assertEquals(200, agent.client().call("GET", "/lab/x", bertas.token()).status());
        assertEquals(200, agent.client().call("GET", "/lab/x", own.token()).status());
        String ledger = Ledger.of(here);
        assertTrue(ledger.contains("\"by\":\"issuer:" + login.url()), ledger);
        assertTrue(ledger.contains("EventAccepted"), ledger);
    }

    @Test
    void the_same_event_is_taken_again_and_ends_nothing_more() {
        String event = login.event("anna", "one");
        taken(event);
        Agent.Opened later = openFor("anna");

        taken(event);
        assertEquals(200, agent.client().call("GET", "/lab/x", later.token()).status());
        refused("invalid_request", login.event("berta", "one"));
    }

    @Test
    void an_event_that_was_long_on_its_way_does_not_end_what_was_opened_since() {
        String event = login.event("anna", "late");
        Agent.Opened before = openFor("anna");
        clock.advance(Duration.ofMinutes(30));
        Agent.Opened since = openFor("anna");

        taken(event);
        assertEquals(401, agent.client().call("GET", "/lab/x", before.token()).status());
        assertEquals(200, agent.client().call("GET", "/lab/x", since.token()).status());
    }

    @Test
    void what_nothing_follows_from_is_taken_and_does_nothing() {
        Agent.Opened annas = openFor("anna");
        Json nothing =
                Json.object()
                        .put(
                                "https://schemas.openid.net/secevent/ssf/event-type/verification",
                                Json.object().put("state", "x").build())
                        .build();
        taken(changed(claims -> claims.put("events", nothing)));
        Json created =
                Json.object()
                        .put(
                                "https://schemas.openid.net/secevent/caep/event-type/credential-change",
                                Json.object().put("change_type", "create").build())
                        .build();
        taken(changed(claims -> claims.put("events", created)));

        assertEquals(200, agent.client().call("GET", "/lab/x", annas.token()).status());
    }

    @Test
    void a_disabled_user_and_a_taken_credential_end_accounts_too() {
        for (String type :
                new String[] {
                    "https://schemas.openid.net/secevent/risc/event-type/account-disabled",
                    "https://schemas.openid.net/secevent/caep/event-type/credential-change"
                }) {
            Agent.Opened annas = openFor("anna");
            Json event =
                    Json.object()
                            .put(type, Json.object().put("change_type", "revoke").build())
                            .build();
            taken(login.event("secevent+jwt", "anna", type, claims -> claims.put("events", event)));
            assertEquals(401, agent.client().call("GET", "/lab/x", annas.token()).status(), type);
        }
    }

    @Test
    void an_event_that_is_not_of_its_issuer_for_us_and_of_now_is_refused() {
        Agent.Opened annas = openFor("anna");
        long now = clock.instant().getEpochSecond();

        refused("invalid_audience", changed(c -> c.put("aud", Json.of("https://else.example"))));
        refused("invalid_issuer", changed(c -> c.put("iss", Json.of("https://else.example"))));
        refused("invalid_issuer", silent.event("anna", "one"));
        refused("invalid_key", changed(c -> {}).replaceAll("\\.[^.]*$", "." + "A".repeat(86)));
        refused("invalid_key", changed(c -> {}).replaceFirst("^[^.]+", header("unknown")));
        refused("invalid_request", login.unsignedEvent("anna"));
        refused("invalid_request", login.event("JWT", "anna", "one", _ -> {}));
        refused("invalid_request", login.event("at+jwt", "anna", "one", _ -> {}));
        refused("invalid_request", login.token("anna", "staff"));
        refused("invalid_request", changed(c -> c.put("iat", Json.of(now - 90_000))));
        refused("invalid_request", changed(c -> c.put("iat", Json.of(now + 3_600))));
        refused("invalid_request", changed(c -> c.remove("iat")));
        refused("invalid_request", changed(c -> c.remove("jti")));
        refused("invalid_request", changed(c -> c.put("exp", Json.of(now + 60))));
        refused("invalid_request", changed(c -> c.put("sub", Json.of("anna"))));
        refused("invalid_request", changed(c -> c.remove("events")));
        refused("invalid_request", changed(c -> c.put("events", Json.object().build())));
        refused("invalid_request", changed(c -> c.remove("sub_id")));
        refused("invalid_request", changed(c -> c.put("sub_id", ofAnother())));
        refused("invalid_request", "");
        refused("invalid_request", push(login.event("anna", "one"), "application/jwt"));
        assertEquals(200, agent.client().call("GET", "/lab/x", annas.token()).status());
    }

    private static Json ofAnother() {
        return Json.object()
                .put("format", "iss_sub")
                .put("iss", "https://else.example")
                .put("sub", "anna")
                .build();
    }

    private static String header(String kid) {
        String header = "{\"alg\":\"ES256\",\"typ\":\"secevent+jwt\",\"kid\":\"" + kid + "\"}";
        return dev.daypass.wire.Base64Url.encode(
                header.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void an_operator_sees_who_ended_them() {
        Agent.Opened annas = openFor("anna");
        taken(login.event("anna", "one"));

        Answer shown = here.account(annas.id());
        assertTrue(shown.bodyText().contains("revoked"), shown.bodyText());
    }
}
