package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.daypass.identity.AgentId;
import dev.daypass.store.SettableClock;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The limits of time to the second, and what is remembered; forms and claims of other kinds are
/// tried by clients that others made.
class AssertionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final AgentId SHOPPER = new AgentId("shopper");

    private final SettableClock clock = new SettableClock(NOW);
    private final Assertions assertions = new Assertions(IssuerWorld.ISSUER, clock);
    private ECKey key;
    private int used;

    @BeforeEach
    void key() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).generate();
    }

    @Test
    void an_assertion_may_end_ten_seconds_ago_and_not_a_second_more() {
        assertSigned(claims().put("exp", at(-9)));
        assertRefused("client assertion: expired", claims().put("exp", at(-10)));
    }

    @Test
    void an_assertion_may_live_five_minutes_and_ten_seconds_of_skew() {
        assertSigned(claims().put("exp", at(310)));
        assertRefused(
                "client assertion: lives longer than 5 minutes", claims().put("exp", at(311)));
    }

    @Test
    void an_assertion_may_be_from_a_clock_a_minute_ahead() {
        for (String claim : new String[] {"iat", "nbf"}) {
            assertSigned(claims().put("exp", at(90)).put(claim, at(60)));
            assertRefused(
                    "client assertion: from the future",
                    claims().put("exp", at(90)).put(claim, at(61)));
        }
    }

    @Test
    void an_id_is_used_once_for_as_long_as_the_assertion_could_live() {
        String longest = signed(claims().put("exp", at(310)).put("jti", "same"));
        assertInstanceOf(Assertions.Check.SignedBy.class, check(longest));

        assertRefused(
                "client assertion: used before", claims().put("exp", at(60)).put("jti", "same"));
        clock.forward(Duration.ofSeconds(319));
        assertEquals(new Assertions.Check.Refused("client assertion: used before"), check(longest));
        clock.forward(Duration.ofSeconds(1));
        assertEquals(new Assertions.Check.Refused("client assertion: expired"), check(longest));
    }

    @Test
    void the_same_id_of_another_client_is_another_id() {
        assertSigned(claims().put("exp", at(60)).put("jti", "same"));

        var other =
                claims().put("exp", at(60))
                        .put("jti", "same")
                        .put("sub", "other")
                        .put("iss", "other");

        assertEquals(new Assertions.Check.SignedBy(new AgentId("other")), check(signed(other)));
    }

    @Test
    void a_client_without_a_key_is_not_known() {
        String assertion = signed(claims().put("exp", at(60)));

        assertEquals(
                new Assertions.Check.Refused("client assertion is not signed by a known client"),
                assertions.check(assertion, _ -> null));
        assertInstanceOf(Assertions.Check.SignedBy.class, check(assertion));
    }

    @Test
    void no_answer_quotes_what_was_sent() {
        for (String sent : new String[] {"", ".", "..", "...", "a.b.c", "<script>.x.y", "\u0000"}) {
            assertEquals(
                    new Assertions.Check.Refused("malformed client assertion"), check(sent), sent);
        }
    }

    private void assertSigned(JsonObjectBuilder claims) {
        assertEquals(new Assertions.Check.SignedBy(SHOPPER), check(signed(claims)));
    }

    private void assertRefused(String why, JsonObjectBuilder claims) {
        assertEquals(new Assertions.Check.Refused(why), check(signed(claims)));
    }

    private Assertions.Check check(String assertion) {
        return assertions.check(assertion, _ -> key.toPublicJWK().toJSONString());
    }

    private JsonObjectBuilder claims() {
        used++;
        return Json.object()
                .put("iss", "shopper")
                .put("sub", "shopper")
                .put("aud", IssuerWorld.ISSUER)
                .put("jti", "id-" + used);
    }

    private static long at(long seconds) {
        return NOW.getEpochSecond() + seconds;
    }

    private String signed(JsonObjectBuilder claims) {
        try {
            var jws =
                    new JWSObject(
                            new JWSHeader(JWSAlgorithm.ES256), new Payload(claims.build().text()));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
