package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.Pem;
import dev.daypass.cli.Answer;
import dev.daypass.examples.interop.NodeClients;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A service that verifies tokens itself, outside of every edge, with `jose` and
/// `@sd-jwt/jwt-status-list`.
///
/// Mutations that make it fail: in `StatusLists.hear`, do not count; in `OpeningLine.minted`, draw
/// no entry; in `StatusEntries.of`, draw a new one each time; in `Minting.longest`, leave out
/// `ELSEWHERE_TTL_MAX`; in `StatusNumbers.draw`, count up instead of drawing.
class StatusListTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static NodeClients node;
    private static Path authority;

    @BeforeAll
    static void start() throws IOException {
        node = NodeClients.installed("node");
        here = Installation.start();
        upstream = Lab.in(here, "ordinary");
        register("lab");
        agent = here.agent("agent");
        authority = Files.createTempFile("authority", ".pem");
        Files.writeString(authority, pem());
    }

    @AfterAll
    static void stop() throws IOException {
        here.close();
        upstream.close();
        Files.delete(authority);
    }

    private static String pem() {
        return Pem.ofCertificates(List.of(agent.authority()));
    }

    private static void register(String service) {
        Installation.must(
                here.operator()
                        .send(
                                "PUT",
                                "/v1/services/" + service,
                                Json.object()
                                        .put("source", "lab")
                                        .put("openapi", Lab.OPENAPI)
                                        .put("upstream", upstream.url())
                                        .put("verifies_tokens", true)
                                        .build()));
    }

    private static Agent.Opened open(String service) {
        return agent.open(
                Json.object()
                        .put("task", Lab.READ)
                        .put("ttl", "10m")
                        .put("services", Json.strings(List.of(service)))
                        .build());
    }

    private static JsonFields claims(Secret token) {
        String payload = token.reveal().split("\\.", -1)[1];
        return JsonFields.of(
                Json.parse(new String(Base64Url.decode(payload), StandardCharsets.UTF_8)));
    }

    private static JsonFields entry(Secret token) {
        JsonFields status = claims(token).objectOrNull("status");
        JsonFields list = status == null ? null : status.objectOrNull("status_list");
        if (list == null) {
            throw new AssertionError("the token says no status");
        }
        return list;
    }

    private static JsonFields verified(Secret token) {
        String found =
                node.run(
                        "status-list.mjs",
                        authority,
                        Json.object()
                                .put("issuer", here.issuer().toString())
                                .put("audience", here.issuer() + "/lab")
                                .put("token", token.reveal())
                                .build()
                                .text());
        return JsonFields.of(Json.parse(found.strip()));
    }

    private static HttpResponse<String> get(String uri) {
        try {
            return agent.http(HttpClient.Version.HTTP_1_1)
                    .send(
                            HttpRequest.newBuilder(here.issuer().resolve(uri)).build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void libraries_that_others_made_see_an_ending_as_soon_as_it_is_answered() {
        Agent.Opened account = open("lab");

        JsonFields before = verified(account.token());
        assertEquals(0, before.longValue("status"));
        assertEquals(1 << 17, before.longValue("entries"), "used or not");
        assertEquals("application/statuslist+jwt", before.string("type"));
        assertEquals("statuslist+jwt", before.string("typ"));
        assertEquals("*", before.string("origin"));
        assertEquals("public, max-age=10", before.string("cache"));
        assertEquals(10, before.longValue("ttl"));
        assertEquals(60, before.longValue("life"));
        assertTrue(before.longValue("tokenLife") <= 300);
        assertTrue(before.booleanOr("aggregated", false));

        long set = before.longValue("set");
        Installation.must(here.operator().send("DELETE", "/v1/accounts/" + account.id(), null));

        JsonFields after = verified(account.token());
        assertEquals(1, after.longValue("status"));
        assertEquals(set + 1, after.longValue("set"), "this one and no other");
    }

    @Test
    void all_tokens_of_an_account_have_its_entry_and_entries_do_not_count_accounts() {
        Agent.Opened account = open("lab");
        Answer renewed = agent.send("POST", "/v1/accounts/" + account.id() + "/token");
        var token = Secret.of(JsonFields.of(Json.parse(renewed.bodyText())).string("access_token"));

        assertEquals(entry(account.token()).longValue("idx"), entry(token).longValue("idx"));
        assertTrue(JsonFields.of(Json.parse(renewed.bodyText())).longValue("expires_in") <= 300);
        Set<Long> numbers = new HashSet<>();
        long low = 0;
        for (int i = 0; i < 40; i++) {
            long number = entry(open("lab").token()).longValue("idx");
            numbers.add(number);
            low += number < 1_000 ? 1 : 0;
        }
        assertEquals(40, numbers.size());
        assertNotEquals(40, low, "counted up");
    }

    @Test
    void tokens_that_only_edges_verify_say_nothing_of_it() {
        assertNull(claims(open("ordinary").token()).take("status"));
    }

    @Test
    void what_there_is_not_is_refused() {
        assertEquals(404, get("/oauth2/status/AAAAAAAAAAAAAAAAAAAAAA").statusCode());
        String uri = entry(open("lab").token()).string("uri");
        HttpResponse<String> past = get(uri + "?time=1700000000");
        assertEquals(501, past.statusCode());
        assertTrue(past.body().contains("not-kept"), past.body());
    }

    @Test
    void a_status_list_is_no_access_token_though_the_same_key_signed_it() {
        Agent.Opened account = open("lab");
        Secret list = Secret.of(get(entry(account.token()).string("uri")).body());

        assertEquals(401, agent.client().call("GET", "/lab/x", list).status());
        assertEquals(200, agent.client().call("GET", "/lab/x", account.token()).status());
    }
}
