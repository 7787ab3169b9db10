package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An agent hands a part of its account on to another, over the token endpoint as any OAuth client
/// does (RFC 8693), and over the agent API.
class Row15DelegationTest {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String ONE_THING = "read a thing in the lab";

    private static final SettableClock CLOCK = new SettableClock();

    private static Installation here;
    private static Upstream upstream;
    private static Agent lead;
    private static Agent scout;
    private static Agent stranger;

    @BeforeAll
    static void start() {
        here = Installation.start(Map.of(), CLOCK);
        upstream = Lab.in(here, "lab", "other");
        lead = here.agent("lead");
        scout = here.agent("scout", "allow: [{service: '*', operations: ['read*']}]\n");
        stranger = here.agent("stranger");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private record Token(int status, JsonFields body) {
        String error() {
            return body.string("error");
        }

        Agent.Opened opened() {
            if (status != 200) {
                throw new AssertionError(status + " " + body.stringOrNull("error_description"));
            }
            Json details = body.items("authorization_details").getFirst();
            return new Agent.Opened(
                    JsonFields.of(details).string("id"), Secret.of(body.string("access_token")));
        }
    }

    private static Agent.Opened parent(Json.@Nullable Obj more) {
        var request = new LinkedHashMap<String, Json>();
        request.put("task", Json.of(Lab.ALL));
        request.put("services", Json.strings(List.of("lab")));
        request.put("ttl", Json.of("10m"));
        request.put("delegates", Json.strings(List.of("scout")));
        if (more != null) {
            request.putAll(more.members());
        }
        return lead.open(Json.obj(request));
    }

    private static Token exchange(Agent client, Map<String, String> changed) {
        var form = new LinkedHashMap<>(changed);
        form.putIfAbsent("grant_type", EXCHANGE);
        form.putIfAbsent("subject_token_type", ACCESS_TOKEN);
        String body =
                form.entrySet().stream()
                        .filter(field -> !field.getValue().isEmpty())
                        .map(field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(client.server().resolve("/oauth2/token"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient http = client.http(HttpClient.Version.HTTP_1_1)) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Token(answer.statusCode(), JsonFields.of(Json.parse(answer.body())));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Token exchange(Agent client, Agent.Opened subject, String details) {
        return exchange(
                client,
                Map.of(
                        "subject_token",
                        subject.token().reveal(),
                        "authorization_details",
                        details));
    }

    private static String task(String words, String more) {
        return "[{\"type\":\"agent_task\",\"task\":\"%s\"%s}]".formatted(words, more);
    }

    private static JsonFields claims(Agent.Opened account) {
        String payload = account.token().reveal().split("\\.", -1)[1];
        return JsonFields.of(
                Json.parse(new String(Base64Url.decode(payload), StandardCharsets.UTF_8)));
    }

    private static TreeSet<String> operations(JsonFields account) {
        var out = new TreeSet<String>();
        for (Json leaf : account.items("grant")) {
            out.add(JsonFields.of(leaf).string("operation"));
        }
        return out;
    }

    @Test
    void a_sub_agent_gets_what_its_words_need_of_the_parents_account_and_its_token_says_who_acts() {
        Agent.Opened parent = parent(null);

        Token token = exchange(scout, parent, task(ONE_THING, ""));

        assertEquals(ACCESS_TOKEN, token.body().string("issued_token_type"));
        Agent.Opened child = token.opened();
        JsonFields claims = claims(child);
        assertEquals(child.id(), claims.string("sub"));
        assertEquals("scout", claims.string("client_id"));
        JsonFields act = claims.objectOrNull("act");
        assertTrue(act != null);
        assertEquals("scout", act.string("sub"));
        JsonFields before = act.objectOrNull("act");
        assertTrue(before != null);
        assertEquals("lead", before.string("sub"));
        assertEquals(parent.id(), before.string("account"));
        assertNull(before.objectOrNull("act"));
        assertNull(claims(parent).objectOrNull("act"));
        assertEquals(200, scout.call("GET", "/lab/x", child).status());
        assertEquals(403, scout.call("POST", "/lab/x", child).status());
        assertEquals(401, lead.call("GET", "/lab/x", child).status());
        assertEquals(parent.id(), here.account(child.id()).text("parent").orElse(""));
    }

    @Test
    void
            without_words_of_its_own_it_gets_the_parents_task_within_its_own_ceiling_and_the_audience() {
        Agent.Opened parent =
                parent(
                        Json.object()
                                .put("services", Json.strings(List.of("lab", "other")))
                                .build());

        Agent.Opened child =
                exchange(scout, Map.of("subject_token", parent.token().reveal(), "audience", "lab"))
                        .opened();

        var has = operations(JsonFields.of(here.account(child.id()).json()));
        assertTrue(has.contains("readThing"), has.toString());
        assertTrue(has.stream().allMatch(name -> name.startsWith("read")), has.toString());
        assertEquals(200, scout.call("GET", "/lab/x", child).status());
        assertEquals(401, scout.call("GET", "/other/x", child).status());
    }

    @Test
    void a_child_is_neither_longer_nor_richer_and_its_calls_are_the_parents() {
        Agent.Opened parent =
                parent(Json.object().put("budget", Json.object().put("calls", 3).build()).build());

        Agent.Opened child =
                exchange(
                                scout,
                                parent,
                                task(ONE_THING, ",\"ttl\":\"2h\",\"budget\":{\"calls\":50}"))
                        .opened();

        JsonFields stored = JsonFields.of(here.account(child.id()).json());
        assertEquals(3, stored.longValue("calls_max"));
        Instant ends = Instant.parse(here.account(parent.id()).text("expires_at").orElse(""));
        assertTrue(!Instant.parse(stored.string("expires_at")).isAfter(ends));
        assertEquals(200, lead.call("GET", "/lab/x", parent).status());
        assertEquals(200, scout.call("GET", "/lab/x", child).status());
        assertEquals(200, scout.call("GET", "/lab/x", child).status());
        assertTrue(scout.call("GET", "/lab/x", child).status() >= 400);
        assertTrue(lead.call("GET", "/lab/x", parent).status() >= 400);
    }

    @Test
    void ending_the_parent_ends_what_others_hold_below_it() {
        Agent.Opened parent = parent(Json.object().put("depth", 2).build());
        Agent.Opened child =
                exchange(scout, parent, task(ONE_THING, ",\"delegates\":[\"stranger\"]")).opened();
        Agent.Opened grandchild = exchange(stranger, child, task(ONE_THING, "")).opened();
        assertEquals(200, stranger.call("GET", "/lab/x", grandchild).status());

        lead.send("POST", "/v1/accounts/" + parent.id() + "/complete");

        assertEquals(401, scout.call("GET", "/lab/x", child).status());
        assertEquals(401, stranger.call("GET", "/lab/x", grandchild).status());
        assertEquals("invalid_request", exchange(scout, parent, task(ONE_THING, "")).error());
    }

    @Test
    void renewing_the_parents_token_leaves_the_children_as_they_are() {
        Agent.Opened parent = parent(null);
        Agent.Opened child = exchange(scout, parent, task(ONE_THING, "")).opened();

        Json renewed = lead.send("POST", "/v1/accounts/" + parent.id() + "/token").json();

        assertEquals(200, scout.call("GET", "/lab/x", child).status());
        var again =
                new Agent.Opened(
                        parent.id(), Secret.of(JsonFields.of(renewed).string("access_token")));
        assertEquals(200, exchange(scout, again, task(ONE_THING, "")).status());
        assertEquals(200, exchange(scout, parent, task(ONE_THING, "")).status());
    }

    @Test
    void who_was_not_named_gets_nothing_by_the_token_nor_by_the_accounts_id() {
        Agent.Opened parent = parent(null);

        assertEquals("invalid_request", exchange(stranger, parent, task(ONE_THING, "")).error());
        Json below = Json.object().put("task", ONE_THING).put("parent", parent.id()).build();
        assertEquals(404, stranger.client().open(below).status());
        assertEquals(201, scout.client().open(below).status());
        assertEquals(201, lead.client().open(below).status());
    }

    @Test
    void an_account_is_delegated_from_as_deep_as_it_says_and_no_child_may_say_deeper() {
        Agent.Opened none = parent(Json.object().put("depth", 0).build());
        assertEquals("invalid_grant", exchange(scout, none, task(ONE_THING, "")).error());

        for (Agent.Opened one :
                List.of(parent(null), parent(Json.object().put("depth", 1).build()))) {
            Agent.Opened child = exchange(scout, one, task(ONE_THING, ",\"depth\":9")).opened();
            assertEquals("invalid_grant", exchange(scout, child, task(ONE_THING, "")).error());
        }
    }

    @Test
    void nobody_delegates_to_an_agent_that_is_not_there() {
        Json asked =
                Json.object()
                        .put("task", Lab.READ)
                        .put("delegates", Json.strings(List.of("ghost")))
                        .build();

        assertEquals(400, lead.client().open(asked).status());
    }

    @Test
    void an_account_that_goes_to_the_bottom_has_a_token_that_names_all_above_it() {
        Agent.Opened account = parent(Json.object().put("depth", 15).build());
        for (int depth = 1; depth <= 15; depth++) {
            account = exchange(scout, account, task(ONE_THING, "")).opened();
        }

        assertEquals(200, scout.call("GET", "/lab/x", account).status());
        int actors = 0;
        JsonFields act = claims(account).objectOrNull("act");
        while (act != null) {
            actors++;
            act = act.objectOrNull("act");
        }
        assertEquals(16, actors);
        assertEquals("invalid_grant", exchange(scout, account, task(ONE_THING, "")).error());
    }

    @Test
    void what_is_no_token_of_an_active_account_is_an_invalid_request() {
        Agent.Opened parent = parent(null);
        Agent.Opened other = stranger.open(Lab.READ);
        String good = parent.token().reveal();
        String details = task(ONE_THING, "");

        for (String subject :
                List.of(
                        "",
                        "x",
                        Tokens.withSignatureBitFlipped(parent.token()).reveal(),
                        Tokens.with(parent.token(), "lead", "scout").reveal(),
                        Tokens.withoutSignature(parent.token()).reveal())) {
            Token token =
                    exchange(
                            scout,
                            Map.of("subject_token", subject, "authorization_details", details));
            assertEquals(400, token.status(), subject);
            assertEquals("invalid_request", token.error(), subject);
        }
        for (Map.Entry<String, String> field :
                Map.of(
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:saml2",
                                "requested_token_type",
                                "urn:ietf:params:oauth:token-type:refresh_token",
                                "actor_token",
                                good,
                                "actor_token_type",
                                ACCESS_TOKEN)
                        .entrySet()) {
            var form = Map.of("subject_token", good, field.getKey(), field.getValue());
            assertEquals("invalid_request", exchange(scout, form).error(), field.toString());
        }
        for (String actor : List.of(good, other.token().reveal(), "x")) {
            var form =
                    Map.of(
                            "subject_token",
                            good,
                            "actor_token",
                            actor,
                            "actor_token_type",
                            ACCESS_TOKEN);
            assertEquals("invalid_request", exchange(scout, form).error());
        }
        assertEquals(
                "invalid_scope",
                exchange(scout, Map.of("subject_token", good, "scope", "all")).error());
        assertEquals(
                "invalid_target",
                exchange(scout, Map.of("subject_token", good, "audience", "nowhere")).error());
        assertEquals(
                "invalid_authorization_details",
                exchange(scout, parent, task(ONE_THING, ",\"parent\":\"%s\"".formatted(other.id())))
                        .error());
    }

    @Test
    void an_actor_token_of_the_client_itself_is_taken() {
        Agent.Opened parent = parent(null);
        Agent.Opened own = scout.open(Lab.READ);

        var form =
                Map.of(
                        "subject_token",
                        parent.token().reveal(),
                        "actor_token",
                        own.token().reveal(),
                        "actor_token_type",
                        ACCESS_TOKEN);

        assertEquals(200, exchange(scout, form).status());
    }

    @Test
    void a_token_that_has_ended_delegates_nothing_though_its_account_lives() {
        Agent.Opened parent = parent(Json.object().put("ttl", "2h").build());
        CLOCK.advance(Duration.ofMinutes(61));

        assertEquals("invalid_request", exchange(scout, parent, task(ONE_THING, "")).error());

        Json renewed = lead.send("POST", "/v1/accounts/" + parent.id() + "/token").json();
        String token = JsonFields.of(renewed).string("access_token");
        assertEquals(200, exchange(scout, Map.of("subject_token", token)).status());
    }
}
