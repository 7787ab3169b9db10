package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver hears of every account that ends before its time, whatever becomes of it or of the
/// server in between.
///
/// Mutations that make it fail: in `Projection.endOne`, do not announce; in `EventSigner.signed`,
/// put the time into the `jti`; in `EventCourier.deliver`, drop what failed; in `HttpPush`, follow
/// redirects; in `Patience.next`, never give up or give up at once.
class EventPushTest {
    private static final String SESSION_REVOKED =
            "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private final SettableClock clock = new SettableClock();

    @TempDir Path folder = Path.of("");
    private Path file = Path.of("");
    private Installation here;
    private Upstream upstream;
    private Agent agent;
    private EventReceiver receiver;
    private String stream = "";

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("daypass.yaml"), "trust_domain: test.example\n");
        here = Installation.start(file, clock);
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
        receiver = EventReceiver.of(here, agent);
        stream = JsonFields.of(Installation.must(add(receiver.endpoint())).json()).string("id");
    }

    @AfterEach
    void stop() {
        receiver.close();
        here.close();
        upstream.close();
    }

    private Answer add(String endpoint) {
        return here.operator()
                .send(
                        "POST",
                        "/v1/events/streams",
                        Json.object()
                                .put("endpoint", endpoint)
                                .put("audience", EventReceiver.AUDIENCE)
                                .put("authorization", EventReceiver.AUTHORIZATION)
                                .build());
    }

    private Answer revoke(String account) {
        return Installation.must(here.operator().send("DELETE", "/v1/accounts/" + account, null));
    }

    private Answer operator(String method, String path) {
        return Installation.must(here.operator().send(method, path, null));
    }

    private List<JsonFields> dead() {
        return ((Json.Arr) operator("GET", "/v1/events/dead").json())
                .items().stream().map(JsonFields::of).toList();
    }

    private long waiting() {
        List<Json> streams = ((Json.Arr) operator("GET", "/v1/events/streams").json()).items();
        return JsonFields.of(streams.getFirst()).longValue("waiting");
    }

    private void taken(int events) {
        Await.until(events + " events", () -> receiver.seen().size() == events);
    }

    private static String id(JsonFields claims, String subject) {
        JsonFields all = claims.objectOrNull("sub_id");
        JsonFields one = all == null ? null : all.objectOrNull(subject);
        return one == null ? "none" : one.string("id");
    }

    @Test
    void a_library_that_others_made_believes_what_it_is_told_of_a_revoked_account() {
        Agent.Opened account = agent.open(Lab.READ);
        revoke(account.id());

        taken(1);
        JsonFields claims = receiver.seen().getFirst();
        assertEquals(account.id(), id(claims, "session"));
        assertEquals("agent", id(claims, "application"));
        JsonFields events = claims.objectOrNull("events");
        JsonFields event = events == null ? null : events.objectOrNull(SESSION_REVOKED);
        assertEquals("admin", event == null ? "" : event.string("initiating_entity"));
        assertFalse(String.valueOf(receiver.seen()).contains(Lab.READ), "no task");
    }

    @Test
    void who_completes_is_told_of_and_whose_time_is_up_is_not() {
        Agent.Opened done = agent.open(Lab.READ);
        Agent.Opened late = agent.open(Lab.READ);
        agent.send("POST", "/v1/accounts/" + done.id() + "/complete");

        taken(1);
        clock.advance(Duration.ofHours(1));
        Await.until("its time is up", () -> here.state(late.id()).equals("ended expired"));
        Agent.Opened last = agent.open(Lab.READ);
        revoke(last.id());
        taken(2);
        assertEquals(
                List.of(done.id(), last.id()),
                receiver.seen().stream().map(claims -> id(claims, "session")).toList());
    }

    @Test
    void what_is_not_taken_is_tried_again_by_the_next_server_too_under_the_same_name() {
        receiver.mode("{\"status\":503}");
        Agent.Opened account = agent.open(Lab.READ);
        revoke(account.id());
        Await.until("a try", () -> receiver.asked() == 1 && waiting() == 1);

        here = here.again(file, clock);
        receiver.mode("{\"status\":202}");
        clock.advance(Duration.ofSeconds(2));
        taken(1);
        Await.until("it is kept no longer", () -> waiting() == 0);
    }

    @Test
    void what_a_receiver_refuses_waits_for_an_operator() {
        receiver.mode("{\"err\":\"invalid_audience\"}");
        revoke(agent.open(Lab.READ).id());
        Await.until("it is dead", () -> dead().size() == 1);

        assertEquals("it answered invalid_audience", dead().getFirst().string("why"));
        assertEquals(1, receiver.asked());
        receiver.mode("{\"status\":202}");
        Installation.must(
                here.operator().send("POST", "/v1/events/dead/retry", Json.object().build()));
        clock.advance(Duration.ofSeconds(2));
        taken(1);
        assertEquals(List.of(), dead());
    }

    @Test
    void a_receiver_that_never_comes_back_is_given_up_after_an_hour() {
        receiver.mode("{\"status\":302}");
        revoke(agent.open(Lab.READ).id());
        Await.until(
                "it is dead",
                () -> {
                    clock.advance(Duration.ofMinutes(5));
                    return dead().size() == 1;
                });
        assertEquals(12, receiver.asked());
        assertEquals("it answered 302", dead().getFirst().string("why"));
    }

    @Test
    void who_revokes_waits_for_no_receiver() {
        receiver.mode("{\"hang\":true}");
        Agent.Opened account = agent.open(Lab.READ);
        revoke(account.id());
        Await.until("it hangs", () -> receiver.pending() == 1);

        revoke(agent.open(Lab.READ).id());
        assertEquals(401, agent.client().call("GET", "/lab/x", account.token()).status());
    }

    @Test
    void an_operator_finds_out_whether_it_hears() {
        Answer heard = operator("POST", "/v1/events/streams/" + stream + "/verify");
        assertTrue(JsonFields.of(heard.json()).booleanOr("taken", false), heard.bodyText());
        assertTrue(
                String.valueOf(receiver.seen().getFirst().take("events")).contains("verification"));

        receiver.mode("{\"err\":\"access_denied\"}");
        Answer refused = operator("POST", "/v1/events/streams/" + stream + "/verify");
        assertTrue(refused.bodyText().contains("it answered access_denied"), refused.bodyText());
        assertEquals(
                404, here.operator().send("POST", "/v1/events/streams/x/verify", null).status());
    }

    @Test
    void a_receiver_that_was_taken_away_hears_nothing_and_its_secret_shows_nowhere() {
        Answer listed = operator("GET", "/v1/events/streams");
        assertFalse(listed.bodyText().contains("receiver-secret"), listed.bodyText());
        assertTrue(listed.bodyText().contains("\"authorization\":true"), listed.bodyText());
        operator("DELETE", "/v1/events/streams/" + stream);
        revoke(agent.open(Lab.READ).id());

        assertEquals("[]", operator("GET", "/v1/events/streams").bodyText());
        String ledger = Ledger.of(here);
        assertTrue(ledger.contains("StreamChanged"), ledger);
        assertFalse(ledger.contains("receiver-secret"));
        assertEquals(0, receiver.asked());
    }

    @Test
    void an_address_that_is_none_or_crosses_the_network_in_the_clear_is_refused() {
        for (String wrong :
                List.of(
                        "ftp://receiver.example/",
                        "http://receiver.example/",
                        "https://user@receiver.example/",
                        "https://receiver.example/#x",
                        "http://0x7f.1/",
                        "https:///x",
                        "events",
                        "")) {
            Answer answer = add(wrong);
            assertEquals(400, answer.status(), wrong + answer.bodyText());
            assertTrue(answer.bodyText().contains("endpoint"), answer.bodyText());
        }
    }

    @Test
    void a_receiver_finds_the_keys_by_the_metadata() throws Exception {
        HttpResponse<String> answer =
                agent.http(HttpClient.Version.HTTP_1_1)
                        .send(
                                HttpRequest.newBuilder(
                                                here.issuer()
                                                        .resolve("/.well-known/ssf-configuration"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        JsonFields metadata = JsonFields.of(Json.parse(answer.body()));
        assertEquals("1_0", metadata.string("spec_version"));
        assertEquals(here.issuer().toString(), metadata.string("issuer"));
        assertEquals(here.issuer() + "/oauth2/jwks", metadata.string("jwks_uri"));
        assertEquals(List.of("urn:ietf:rfc:8935"), metadata.strings("delivery_methods_supported"));
    }
}
