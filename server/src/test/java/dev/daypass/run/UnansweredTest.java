package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// Reasons in words, and clocks that are wrong.
class UnansweredTest {
    private static final Instant HERE = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void a_certificate_that_is_not_valid_now_is_a_matter_of_clocks() {
        for (Exception cause :
                List.of(
                        new CertificateNotYetValidException("NotBefore: then"),
                        new CertificateExpiredException("NotAfter: then"))) {
            var e = new SSLHandshakeException("failed");
            e.initCause(new IllegalStateException(cause));

            assertTrue(Unanswered.clock(e).orElseThrow().contains("check both clocks"));
            assertTrue(Unanswered.why(e).contains("then"));
        }
        assertEquals(Optional.empty(), Unanswered.clock(new SSLHandshakeException("failed")));
    }

    @Test
    void a_program_that_is_not_started_has_the_status_that_shells_give() {
        assertEquals(127, NotStarted.of("x", new IOException("error: 2 (No such file)")).status());
        assertEquals(127, NotStarted.of("x", new IOException("x: error=2, none")).status());
        assertEquals(126, NotStarted.of("x", new IOException("Exec failed, error: 13")).status());
        assertEquals(126, NotStarted.of("x", new IOException("something else")).status());
    }

    @Test
    void the_servers_time_is_what_its_token_says_and_goes_on_from_there() {
        Instant there = HERE.minus(Duration.ofHours(2));
        Secret token = token("{\"iat\":%d}".formatted(there.getEpochSecond()));

        Instant now = ServerClock.of(token, () -> HERE).instant();

        assertTrue(!now.isBefore(there) && now.isBefore(HERE), now.toString());
    }

    @Test
    void a_token_that_tells_no_time_leaves_this_hosts() {
        for (Secret token :
                List.of(token("{}"), token("[]"), token("{\"iat\":\"x\"}"), Secret.of("opaque"))) {
            assertEquals(HERE, ServerClock.of(token, () -> HERE).instant());
        }
    }

    private static Secret token(String claims) {
        return Secret.of(
                "e30." + Base64Url.encode(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln");
    }
}
