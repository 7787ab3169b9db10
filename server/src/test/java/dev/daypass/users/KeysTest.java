package dev.daypass.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.daypass.store.SettableClock;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final ECKey ONE = Login.ec("one");
    private static final ECKey TWO = Login.ec("two");

    private final SettableClock clock = new SettableClock(Login.NOW);
    private final AtomicInteger fetches = new AtomicInteger();
    private byte[] published = Login.jwks(ONE);
    private boolean away;
    private final FetchedKeys keys = new FetchedKeys(Login.ISSUER, this::fetch, clock);

    private byte[] fetch() {
        fetches.incrementAndGet();
        if (away) {
            throw new WireException("nobody answers");
        }
        return published;
    }

    private static JWSHeader header(JWK key) {
        return header(key, JWSAlgorithm.ES256);
    }

    private static JWSHeader header(JWK key, JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
    }

    private void found(JWK key) {
        assertInstanceOf(IssuerKeys.Found.Key.class, keys.find(header(key)));
    }

    private void none(JWK key) {
        assertInstanceOf(IssuerKeys.Found.None.class, keys.find(header(key)));
    }

    private void unavailable(JWK key) {
        assertInstanceOf(IssuerKeys.Found.Unavailable.class, keys.find(header(key)));
    }

    @Test
    void keys_are_fetched_when_first_needed_and_then_kept() {
        assertEquals(0, fetches.get());
        for (int i = 0; i < 100; i++) {
            found(ONE);
        }

        assertEquals(1, fetches.get());
    }

    @Test
    void a_name_that_is_not_there_fetches_at_most_once_a_minute_and_finds_a_new_key() {
        found(ONE);
        published = Login.jwks(ONE, TWO);
        for (int i = 0; i < 100; i++) {
            none(TWO);
        }
        assertEquals(1, fetches.get());

        clock.forward(FetchedKeys.PAUSE);
        found(TWO);
        found(ONE);

        assertEquals(2, fetches.get());
    }

    @Test
    void a_key_that_the_issuer_took_back_is_believed_no_longer_than_ten_minutes() {
        found(ONE);
        published = Login.jwks(TWO);
        clock.forward(FetchedKeys.FRESH.minusSeconds(1));
        found(ONE);

        clock.forward(Duration.ofSeconds(1));

        none(ONE);
        found(TWO);
    }

    @Test
    void keys_that_cannot_be_fetched_anew_are_used_for_an_hour_and_then_not() {
        found(ONE);
        away = true;
        clock.forward(FetchedKeys.USABLE.minusSeconds(1));
        found(ONE);

        clock.forward(Duration.ofSeconds(1));

        unavailable(ONE);
        away = false;
        clock.forward(FetchedKeys.PAUSE_WITHOUT_KEYS);
        found(ONE);
    }

    @Test
    void an_issuer_that_does_not_answer_is_asked_again_after_a_pause_only() {
        away = true;
        unavailable(ONE);
        unavailable(ONE);
        assertEquals(1, fetches.get());
        away = false;
        unavailable(ONE);
        clock.forward(FetchedKeys.PAUSE_WITHOUT_KEYS);

        found(ONE);
        assertEquals(2, fetches.get());
    }

    @Test
    void a_set_that_is_none_leaves_the_keys_as_they_were() {
        found(ONE);
        published = "<html>sorry</html>".getBytes(StandardCharsets.UTF_8);
        clock.forward(FetchedKeys.FRESH);

        found(ONE);
        none(TWO);
        assertEquals(2, fetches.get());
    }

    @Test
    void a_clock_that_is_set_back_stops_nothing() {
        found(ONE);
        clock.set(Login.NOW.minus(Duration.ofDays(1)));
        published = Login.jwks(ONE, TWO);

        found(ONE);
        found(TWO);
    }

    @Test
    void many_at_once_fetch_once() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        var found = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                if (keys.find(header(ONE)) instanceof IssuerKeys.Found.Key) {
                                    found.incrementAndGet();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(50, found.get());
        assertEquals(1, fetches.get());
    }

    @Test
    void a_key_is_found_by_name_algorithm_and_use() {
        ECKey forSecrets = new ECKey.Builder(Login.ec("three")).keyUse(KeyUse.ENCRYPTION).build();
        ECKey forOthers = new ECKey.Builder(Login.ec("four")).algorithm(JWSAlgorithm.ES384).build();
        PublicKeys all = PublicKeys.parse(Login.jwks(ONE, forSecrets, forOthers));

        assertNotNull(all.find(header(ONE)));
        assertNull(all.find(header(ONE, JWSAlgorithm.RS256)));
        assertNull(all.find(header(forSecrets)));
        assertNull(all.find(header(forOthers)));
        assertNull(PublicKeys.parse(Login.jwks(ONE, Login.ec("one"))).find(header(ONE)));
    }

    @Test
    void keys_of_no_use_are_passed_over_and_a_set_without_others_is_refused() {
        String odd =
                """
                {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"e","x":"%s"},
                 {"kty":"XYZ","kid":"x"},%s,%s,%s]}\
                """
                        .formatted(
                                "A".repeat(43),
                                Login.rsa("weak", 1_024).toPublicJWK().toJSONString(),
                                new ECKey.Builder(TWO)
                                        .keyID(null)
                                        .build()
                                        .toPublicJWK()
                                        .toJSONString(),
                                ONE.toPublicJWK().toJSONString());

        PublicKeys some = PublicKeys.parse(odd.getBytes(StandardCharsets.UTF_8));

        assertNotNull(some.find(header(ONE)));
        assertNull(some.find(header(Login.rsa("weak", 2_048), JWSAlgorithm.RS256)));
        refused("no key of use", "{\"keys\":[]}");
        refused("no key of use", "{}");
        refused("no key of use", "{\"keys\":[{\"kty\":\"XYZ\",\"kid\":\"x\"}]}");
        refused("array", "{\"keys\":{}}");
        refused("permitted: 100", "{\"keys\":[" + "{},".repeat(100) + "{}]}");
    }

    @Test
    void a_key_that_is_not_public_is_refused_and_not_shown() {
        var secret = new OctetSequenceKey.Builder(new byte[32]).keyID("s").build();

        for (String key : List.of(ONE.toJSONString(), secret.toJSONString())) {
            assertEquals(
                    -1, refused("public ones only", "{\"keys\":[" + key + "]}").indexOf("\"d\""));
        }
    }

    private static String refused(String why, String jwks) {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> PublicKeys.parse(jwks.getBytes(StandardCharsets.UTF_8)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(why), message);
        return message;
    }
}
