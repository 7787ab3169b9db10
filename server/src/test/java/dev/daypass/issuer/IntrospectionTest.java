package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.account.EndReason;
import dev.daypass.issuer.IssuerWorld.Answer;
import dev.daypass.issuer.IssuerWorld.Client;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntrospectionTest {
    private static final String INACTIVE = "{\"active\":false}";

    @TempDir Path directory;
    private IssuerWorld world;
    private Client shopper;
    private String token;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
        shopper = world.client("shopper");
        token = world.accessToken(shopper, IssuerWorld.SEARCH);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_token_is_active_until_the_second_that_it_expires() {
        world.clock.forward(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(true, introspect(token).json().booleanOr("active", false));

        world.clock.forward(Duration.ofMillis(1));
        assertEquals(INACTIVE, introspect(token).body());
    }

    @Test
    void a_token_is_inactive_however_its_account_ended() {
        for (EndReason reason : EndReason.values()) {
            String another = world.accessToken(shopper, IssuerWorld.SEARCH);
            Claims claims = claims(another);
            world.broker
                    .endings()
                    .end(claims.tenant(), claims.account(), reason, null)
                    .toCompletableFuture()
                    .join();

            assertEquals(INACTIVE, introspect(another).body(), reason.word());
        }
        assertEquals(true, introspect(token).json().booleanOr("active", false));
    }

    @Test
    void a_token_that_we_signed_for_something_else_is_inactive() {
        for (String payload :
                new String[] {
                    "{}",
                    "not json",
                    claims(token)
                            .toJson()
                            .text()
                            .replace(IssuerWorld.ISSUER, "https://other.example")
                }) {
            assertEquals(INACTIVE, introspect(world.keys.sign(payload)).body(), payload);
        }
    }

    @Test
    void the_answer_holds_what_the_token_holds_and_the_grant() {
        var answer = introspect(token).json();
        Claims claims = claims(token);

        assertEquals(claims.account().value(), answer.string("sub"));
        assertEquals(claims.taskId(), answer.string("task_id"));
        assertEquals(
                java.util.Optional.ofNullable(claims.grant()).map(Claims::details).orElseThrow(),
                Json.array(answer.items("authorization_details")));
        assertEquals(
                Claims.confirmation(Objects.requireNonNull(claims.binding())), answer.take("cnf"));
    }

    @Test
    void revoking_ends_the_account_and_nothing_else() {
        String another = world.accessToken(shopper, IssuerWorld.SEARCH);

        Answer revoked = world.post("/oauth2/revoke", shopper, Map.of("token", token));

        assertEquals(200, revoked.status());
        assertEquals("", revoked.body());
        assertEquals(INACTIVE, introspect(token).body());
        assertEquals(true, introspect(another).json().booleanOr("active", false));
    }

    @Test
    void revoking_is_not_answered_as_done_where_it_cannot_be_recorded() {
        world.breakStore();

        Answer answer = world.post("/oauth2/revoke", shopper, Map.of("token", token));

        assertEquals("503 temporarily_unavailable", answer.error());
    }

    private Answer introspect(String what) {
        Answer answer = world.post("/oauth2/introspect", shopper, Map.of("token", what));
        assertEquals(200, answer.status(), answer.body());
        return answer;
    }

    private static Claims claims(String token) {
        return Claims.parse(
                new String(
                        Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
                        StandardCharsets.UTF_8));
    }
}
