package dev.daypass.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final List<Function<String, Object>> KINDS =
            List.of(AgentId::new, ServiceId::new, TenantId::new);
    private static final String DIGEST = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

    @Test
    void a_name_is_letters_digits_and_hyphens() {
        for (var kind : KINDS) {
            for (String name : List.of("a", "0", "buy-bot", "x".repeat(63))) {
                assertEquals(name, kind.apply(name).toString());
            }
            for (String other :
                    List.of(
                            "",
                            "-a",
                            "A",
                            "a_b",
                            "a.b",
                            "a b",
                            "a\n",
                            "é",
                            "\u0430",
                            "x".repeat(64),
                            "a/b")) {
                assertThrows(InvalidName.class, () -> kind.apply(other), other);
            }
        }
    }

    @Test
    void a_refused_name_is_shown_printable_and_short() {
        String message = message(() -> new AgentId("Buy\n\u001b[31m" + "x".repeat(1_000)));

        assertTrue(message.startsWith("agent `Buy??[31mxxx"), message);
        assertTrue(
                message.endsWith(
                        "…` is not a name; permitted: 1 to 63 of a-z, 0-9 and -, starting with a letter or digit"),
                message);
        assertTrue(message.length() < 200, message);
    }

    @Test
    void a_spiffe_id_names_its_agent() {
        SpiffeId id = new SpiffeId("daypass.example", new AgentId("buybot"));

        assertEquals("spiffe://daypass.example/agent/buybot", id.uri());
        assertEquals(id, SpiffeId.parse(id.uri()));
    }

    @Test
    void what_is_not_the_spiffe_id_of_an_agent_is_refused() {
        for (String uri :
                List.of(
                        "",
                        "spiffe://",
                        "spiffe://x",
                        "spiffe://x/",
                        "spiffe:///agent/a",
                        "spiffe://x/agent/",
                        "spiffe://x/agent",
                        "spiffe://x/agents/a",
                        "spiffe://x/agent/a/b",
                        "spiffe://x/agent/A",
                        "spiffe://x/agent/a?b",
                        "spiffe://x/agent/a#b",
                        "spiffe://x/agent/a/",
                        "spiffe://x//agent/a",
                        "SPIFFE://x/agent/a",
                        "https://x/agent/a",
                        "spiffe://X/agent/a",
                        "spiffe://u@x/agent/a",
                        "spiffe://x:80/agent/a",
                        "spiffe://x/agent/%61",
                        " spiffe://x/agent/a",
                        "spiffe://" + "x".repeat(256) + "/agent/a")) {
            assertThrows(InvalidName.class, () -> SpiffeId.parse(uri), uri);
        }
    }

    @Test
    void a_thumbprint_is_one_spelling_of_thirty_two_bytes() {
        assertEquals(DIGEST, new KeyThumbprint.Certificate(DIGEST).value());
        assertEquals(DIGEST, new KeyThumbprint.Jwk(DIGEST).value());
        String stem = DIGEST.substring(0, 42);
        for (String other :
                List.of(
                        "",
                        stem,
                        DIGEST + "=",
                        DIGEST + "A",
                        stem + "h",
                        stem + "_",
                        stem + "\n",
                        "+" + DIGEST.substring(1),
                        "/" + DIGEST.substring(1))) {
            assertThrows(InvalidName.class, () -> new KeyThumbprint.Certificate(other), other);
            assertThrows(InvalidName.class, () -> new KeyThumbprint.Jwk(other), other);
        }
    }

    private static String message(org.junit.jupiter.api.function.Executable made) {
        return String.valueOf(assertThrows(InvalidName.class, made).getMessage());
    }
}
