package dev.daypass.config;

import static dev.daypass.config.Refused.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressTest {
    @Test
    void an_issuer_is_https_without_query_fragment_user_or_trailing_slash() {
        for (String good :
                List.of(
                        "https://daypass.example",
                        "https://daypass.example:8443/a/b",
                        "https://10.0.0.1",
                        "https://[::1]:8443")) {
            assertEquals(good, Config.load(null, Map.of("DAYPASS_ISSUER", good)).issuer());
        }
        for (String bad :
                List.of(
                        "http://daypass.example",
                        "HTTPS://daypass.example",
                        "https://daypass.example/",
                        "https://daypass.example?a",
                        "https://daypass.example#a",
                        "https://me@daypass.example",
                        "https://daypass.example:0",
                        "https://daypass.example:65536",
                        "https://daypass.example:",
                        "https://",
                        "https:a",
                        "https://a b",
                        "https://dåypass.example",
                        "daypass.example",
                        "https://" + "a".repeat(250))) {
            assertTrue(
                    message(Map.of("DAYPASS_ISSUER", bad))
                            .endsWith("; expected " + IssuerUrl.EXPECTED),
                    bad);
        }
    }

    @Test
    void an_issuer_with_port_0_is_refused_also_where_the_agents_port_is_0() {
        var environment =
                Map.of("DAYPASS_AGENTS_PORT", "0", "DAYPASS_ISSUER", "https://localhost:0");

        assertTrue(message(environment).startsWith("environment: `DAYPASS_ISSUER` is "));
    }

    @Test
    void a_trust_domain_is_a_spiffe_trust_domain() {
        for (String bad : List.of("Example.org", "a/b", "a:1", "", "a".repeat(256))) {
            assertTrue(
                    message(Map.of("DAYPASS_TRUST_DOMAIN", bad))
                            .contains("expected a SPIFFE trust domain of 1 to 255 characters"),
                    bad);
        }
    }

    @Test
    void a_host_is_an_address_or_a_name() {
        for (String good :
                List.of("0.0.0.0", "::", "fe80::1", "::ffff:127.0.0.1", "edge-1", "a.b.example")) {
            assertTrue(Hosts.isHost(good), good);
        }
        for (String bad :
                List.of(
                        "256.0.0.1",
                        "127.1",
                        "1.2.3.4.",
                        "1.2.3.4.5",
                        "010.0.0.1",
                        "[::1]",
                        "1::2::3",
                        ":",
                        "*",
                        "a b",
                        "a_b",
                        "-a",
                        "a..b",
                        "localhost:80",
                        "a".repeat(64),
                        "")) {
            assertFalse(Hosts.isHost(bad), bad);
        }
    }
}
