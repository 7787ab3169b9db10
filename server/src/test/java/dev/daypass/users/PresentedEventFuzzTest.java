package dev.daypass.users;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.config.UserIssuer;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever stands in the place of an event: nothing follows from it but from what was signed.
class PresentedEventFuzzTest {
    private static final ECKey KEY = Login.ec("one");
    private static final String TYPE =
            "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
    private static final String GOOD = good();
    private static final Users USERS =
            new Users(
                    List.of(
                            new TrustedIssuer(
                                    told(Login.config(Set.of())),
                                    IssuerKeys.fixed(PublicKeys.parse(Login.jwks(KEY))))),
                    "daypass.example",
                    () -> Login.NOW);

    private static UserIssuer told(UserIssuer of) {
        return new UserIssuer(
                of.issuer(),
                of.audience(),
                of.keys(),
                of.clients(),
                of.groupsClaim(),
                of.grants(),
                "https://daypass.example");
    }

    private static String good() {
        var claims = new LinkedHashMap<String, Json>();
        claims.put("iss", Json.of(Login.ISSUER));
        claims.put("aud", Json.of("https://daypass.example"));
        claims.put("iat", Json.of(Login.NOW.getEpochSecond()));
        claims.put("jti", Json.of("one"));
        claims.put(
                "sub_id",
                Json.object()
                        .put("format", "complex")
                        .put(
                                "user",
                                Json.object()
                                        .put("format", "iss_sub")
                                        .put("iss", Login.ISSUER)
                                        .put("sub", "anna")
                                        .build())
                        .build());
        claims.put("events", Json.object().put(TYPE, Json.object().build()).build());
        return Login.sign(
                KEY,
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("secevent+jwt"))
                        .keyID("one")
                        .build(),
                Json.obj(claims).text());
    }

    @FuzzTest
    void nothing_follows_from_what_was_not_signed(byte[] input) {
        String event = new String(input, StandardCharsets.UTF_8);
        EventCheck check = USERS.event(event);
        if (event.equals(GOOD)) {
            assertInstanceOf(EventCheck.Over.class, check);
            return;
        }
        EventCheck.Refused refused = assertInstanceOf(EventCheck.Refused.class, check);
        assertFalse(refused.why().isBlank());
        assertTrue(refused.why().length() < 500, refused::why);
    }

    @Test
    void a_good_event_is_believed() {
        nothing_follows_from_what_was_not_signed(GOOD.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void from_a_damaged_event_nothing_follows() {
        Check.forAll(
                5_000,
                random ->
                        nothing_follows_from_what_was_not_signed(
                                Gen.mutated(random, GOOD, "AZaz09-_.=+/ \u0000")));
    }
}
