package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.daypass.http.Peer;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.issuer.IssuerWorld.Answer;
import dev.daypass.issuer.IssuerWorld.Client;
import dev.daypass.permission.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndpointTest {
    private static final String CIBA = "urn:openid:params:grant-type:ciba";
    private static final Duration APPROVAL_WAIT = Duration.ofHours(1);

    @TempDir Path directory;
    private IssuerWorld world;
    private Client shopper;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
        shopper = world.client("shopper");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_token_lives_as_long_as_its_account() {
        Answer answer = world.token(shopper, asking("10m"));

        assertEquals(200, answer.status(), answer.body());
        assertEquals(600, answer.json().longValue("expires_in"));
        assertEquals("Bearer", answer.json().string("token_type"));
        assertEquals("no-store", answer.headers().get("cache-control"));
    }

    @Test
    void a_token_and_the_wait_for_one_come_with_their_fact() {
        long first = Long.parseLong(receipt(world.token(shopper, asking("10m"))));
        Answer asked = world.token(shopper, asking("2h"));

        assertEquals("400 interaction_required", asked.error());
        assertEquals(first + 1, Long.parseLong(receipt(asked)));
    }

    private static String receipt(Answer answer) {
        return answer.headers().getOrDefault("daypass-fact", "none");
    }

    @Test
    void a_long_account_gets_tokens_of_an_hour_and_its_time_starts_with_the_approval() {
        AccountId id = waiting(asking("2h"));
        world.clock.forward(Duration.ofMinutes(50));
        approve(id);

        assertEquals(3_600, world.token(shopper, asking("2h")).json().longValue("expires_in"));
        world.clock.forward(Duration.ofMinutes(90));
        assertEquals(1_800, poll(shopper, id).json().longValue("expires_in"));
        world.clock.forward(Duration.ofMinutes(30));
        assertEquals("400 invalid_grant", poll(shopper, id).error());
    }

    @Test
    void who_retries_from_another_address_gets_the_approved_account() {
        AccountId id = waiting(asking("2h"));
        approve(id);

        Answer answer =
                world.send(
                        HttpMethod.POST,
                        "/oauth2/token",
                        new Peer(shopper.certificate(), "198.51.100.9"),
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        "grant_type=client_credentials&authorization_details="
                                + URLEncoder.encode(
                                        IssuerWorld.details(IssuerWorld.SEARCH, "120m"),
                                        StandardCharsets.UTF_8));

        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    void what_nobody_decided_in_time_is_asked_anew() {
        AccountId id = waiting(asking("2h"));

        world.clock.forward(APPROVAL_WAIT);
        world.broker.janitor().sweep();

        assertEquals("400 expired_token", poll(shopper, id).error());
        assertNotEquals(id, waiting(asking("2h")));
    }

    @Test
    void a_refusal_holds_as_long_as_the_human_had_time_to_decide() {
        AccountId id = waiting(asking("2h"));
        world.broker
                .approvals()
                .deny(TenantId.DEFAULT, id, "operator")
                .toCompletableFuture()
                .join();

        assertEquals("400 access_denied", world.token(shopper, asking("2h")).error());
        world.clock.forward(APPROVAL_WAIT.minusMillis(1));
        assertEquals("400 access_denied", world.token(shopper, asking("2h")).error());
        world.clock.forward(Duration.ofMillis(1));
        assertNotEquals(id, waiting(asking("2h")));
    }

    @Test
    void another_client_with_the_same_request_waits_for_itself() {
        AccountId id = waiting(asking("2h"));
        Client other = world.client("other");
        Answer answer = world.token(other, asking("2h"));

        assertNotEquals(id.value(), answer.json().string("auth_req_id"));
        assertEquals("400 invalid_grant", poll(other, id).error());
    }

    @Test
    void an_id_that_is_none_is_refused_and_a_missing_one_too() {
        for (String id : new String[] {"", "acc_1", "acc_00000000000000000000000000", "\"\\"}) {
            Answer answer = world.token(shopper, Map.of("grant_type", CIBA, "auth_req_id", id));

            assertEquals("400 invalid_grant", answer.error(), id);
        }
    }

    @Test
    void a_rule_that_denies_is_told_in_its_words() {
        Answer answer =
                world.token(
                        shopper,
                        Map.of("authorization_details", IssuerWorld.details("list stores", "10m")));

        assertEquals("400 access_denied", answer.error());
        assertEquals("Stores are for people.", answer.json().string("error_description"));
    }

    @Test
    void a_client_that_asks_too_often_is_told_to_wait() throws IOException {
        try (IssuerWorld slow = IssuerWorld.in(directory.resolve("slow"), 1)) {
            Client eager = slow.client("eager");
            assertEquals(200, slow.token(eager, asking("10m")).status());

            Answer answer = slow.token(eager, asking("10m"));

            assertEquals("429 slow_down", answer.error());
            assertEquals("1", answer.headers().get("retry-after"));
        }
    }

    @Test
    void no_token_leaves_where_nothing_can_be_recorded() {
        world.breakStore();

        Answer answer = world.token(shopper, asking("10m"));

        assertEquals("503 temporarily_unavailable", answer.error());
        assertEquals("1", answer.headers().get("retry-after"));
    }

    @Test
    void the_certificate_of_a_removed_agent_opens_nothing_any_more() {
        String token = world.accessToken(shopper, IssuerWorld.SEARCH);

        world.broker.registry().removeAgent(TenantId.DEFAULT, new AgentId("shopper"));

        assertEquals("401 invalid_client", world.token(shopper, asking("10m")).error());
        for (String path : new String[] {"/oauth2/introspect", "/oauth2/revoke"}) {
            Answer answer = world.post(path, shopper, Map.of("token", token));

            assertEquals("401 invalid_client", answer.error(), path);
        }
    }

    @Test
    void a_certificate_that_is_over_opens_nothing() {
        world.clock.forward(Duration.ofDays(8));

        assertEquals("401 invalid_client", world.token(shopper, asking("10m")).error());
    }

    @Test
    void a_certificate_that_was_replaced_opens_nothing() {
        world.client("shopper");

        assertEquals("401 invalid_client", world.token(shopper, asking("10m")).error());
    }

    private static Map<String, String> asking(String ttl) {
        return Map.of("authorization_details", IssuerWorld.details(IssuerWorld.SEARCH, ttl));
    }

    /// The account that now waits for a human because of this request.
    private AccountId waiting(Map<String, String> request) {
        Answer answer = world.token(shopper, request);
        assertEquals("400 interaction_required", answer.error());
        assertEquals(APPROVAL_WAIT.toSeconds(), answer.json().longValue("expires_in"));
        return new AccountId(answer.json().string("auth_req_id"));
    }

    private void approve(AccountId id) {
        var ending =
                world.broker
                        .approvals()
                        .approve(TenantId.DEFAULT, id, "operator")
                        .toCompletableFuture()
                        .join();
        assertEquals(1, ending.accounts());
    }

    private Answer poll(Client by, AccountId id) {
        return world.token(by, Map.of("grant_type", CIBA, "auth_req_id", id.value()));
    }
}
