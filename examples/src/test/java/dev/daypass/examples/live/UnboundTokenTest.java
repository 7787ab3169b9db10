package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tokens that are bound to no key: who can get one, and where it is good.
///
/// Mutations that make it fail: in `Directory.View.acceptUnbound`, do not ask the services; in
/// `ShownKeys.of`, answer `NothingShown` where there is a certificate, too; in
/// `TokenCheck.unbound`, do not ask the route; in `Minting.token`, leave out `UNBOUND_TTL_MAX`; in
/// `Widenings.begin`, widen what is bound to nothing. `OpeningLine.binding` asks the services a
/// second time, after `Registry.settled`: either alone holds.
class UnboundTokenTest extends WithUnboundTokens {
    private static JsonFields claims(JsonFields issued) {
        String payload = issued.string("access_token").split("\\.", -1)[1];
        return JsonFields.of(
                Json.parse(new String(Base64Url.decode(payload), StandardCharsets.UTF_8)));
    }

    private static boolean bound(JsonFields issued) {
        JsonFields claims = claims(issued);
        boolean bound = claims.take("cnf") != null;
        assertEquals(!bound, claims.booleanOr("unbound", false));
        return bound;
    }

    private static HttpResponse<String> call(String path, Secret token) {
        return send(
                anonymous,
                HttpRequest.newBuilder(here.issuer().resolve(path))
                        .header("authorization", "Bearer " + token.reveal())
                        .build());
    }

    @Test
    void a_client_that_shows_nothing_gets_one_for_services_that_all_take_it_and_calls_with_it() {
        JsonFields issued = asked(anonymous, task(), "lab");
        Secret token = Secret.of(issued.string("access_token"));

        assertTrue(!bound(issued));
        assertEquals("Bearer", issued.string("token_type"));
        assertTrue(issued.longValue("expires_in") <= 300);
        assertEquals(200, call("/lab/x", token).statusCode());
        assertEquals(200, agent.client().call("GET", "/lab/x", token).status());
        assertEquals("Bearer " + Lab.KEY, upstream.last().field("authorization"));
    }

    @Test
    void it_is_bound_where_a_service_wants_it_or_none_is_named() {
        assertTrue(bound(asked(anonymous, task(), "lab", "strict")));
        assertTrue(bound(asked(anonymous, task(), "strict")));
        assertTrue(bound(asked(anonymous, task())));
        register(false);
        assertTrue(bound(asked(anonymous, task(), "lab")));
    }

    @Test
    void it_is_bound_where_anything_was_shown() {
        HttpClient certified = agent.http(HttpClient.Version.HTTP_1_1);
        Json key = new Prover(agent).key();

        assertTrue(bound(asked(certified, task(), "lab")));
        JsonFields keyed =
                asked(
                        anonymous,
                        Json.object()
                                .put("type", "agent_task")
                                .put("task", Lab.READ)
                                .put("key", key)
                                .build(),
                        "lab");
        assertTrue(bound(keyed));
        assertEquals("DPoP", keyed.string("token_type"));
        Agent.Opened opened =
                agent.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("services", Json.strings(List.of("lab")))
                                .build());
        assertEquals(401, call("/lab/x", opened.token()).statusCode(), "bound stays bound");
    }

    @Test
    void an_operator_ends_it_for_tokens_that_are_out_already() {
        Secret token = Secret.of(asked(anonymous, task(), "lab").string("access_token"));
        assertEquals(200, call("/lab/x", token).statusCode());

        register(false);

        assertEquals(401, call("/lab/x", token).statusCode());
        Answer certified = agent.client().call("GET", "/lab/x", token);
        assertEquals(401, certified.status());
        assertTrue(certified.bodyText().contains("bound to no key"), certified.bodyText());
    }

    @Test
    void it_is_good_nowhere_else_and_not_with_a_proof() {
        Secret token = Secret.of(asked(anonymous, task(), "lab").string("access_token"));
        var prover = new Prover(agent);

        assertEquals(401, call("/strict/x", token).statusCode());
        HttpResponse<String> proved = prover.call("GET", "/lab/x", token);
        assertEquals(401, proved.statusCode());
        assertTrue(proved.body().contains("its scheme is Bearer"), proved.body());
    }

    @Test
    void its_account_is_not_widened_and_no_certificate_renews_it() {
        JsonFields issued = asked(anonymous, task(), "lab");
        String account = claims(issued).string("sub");

        Answer widened =
                agent.client()
                        .send(
                                "POST",
                                "/v1/accounts/" + account + "/widen",
                                Json.object().put("reason", "create a thing").build());
        assertEquals(403, widened.status(), widened.bodyText());
        Answer renewed = agent.send("POST", "/v1/accounts/" + account + "/token");
        assertEquals(403, renewed.status(), renewed.bodyText());
    }

    @Test
    void it_is_loud() {
        String account = claims(asked(anonymous, task(), "lab")).string("sub");

        assertTrue(register(true).bodyText().contains("bound to no key"));
        Answer listed = here.operator().send("GET", "/v1/services", null);
        assertTrue(listed.bodyText().contains("\"accept_unbound\":true"), listed.bodyText());
        assertTrue(here.account(account).bodyText().contains("\"unbound\":true"));
        String ledger = Ledger.of(here);
        assertTrue(ledger.contains("\"accept_unbound\":true"));
        assertTrue(ledger.contains("\"unbound\":true"));
    }
}
