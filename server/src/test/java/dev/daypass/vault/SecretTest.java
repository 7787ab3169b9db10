package dev.daypass.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void a_secret_prints_nothing_of_itself_wherever_it_is_put() {
        Secret secret = Secret.of("hunter2");

        assertEquals("[redacted]", secret.toString());
        assertEquals("[redacted]", "%s".formatted(secret));
        assertEquals("{key=[[redacted]]}", Map.of("key", List.of(secret)).toString());
    }

    @Test
    void a_secret_gives_itself_out_only_when_asked() {
        assertEquals("hünter2 ✈", Secret.of("hünter2 ✈").reveal());
        assertArrayEquals(new byte[] {0, -1}, Secret.of(new byte[] {0, -1}).revealBytes());
    }

    @Test
    void equal_content_is_equal_and_hashes_tell_nothing() {
        assertEquals(Secret.of("a"), Secret.of("a"));
        assertEquals(Secret.of("a"), Secret.of(new byte[] {'a'}));
        assertNotEquals(Secret.of("a"), Secret.of("b"));
        assertNotEquals(Secret.of("a"), Secret.of("ab"));
        assertFalse(Secret.of("a").equals(new Object()));
        assertEquals(Secret.of("a").hashCode(), Secret.of("b").hashCode());
    }

    @Test
    void what_is_given_in_or_out_may_be_wiped() {
        byte[] given = {1, 2};
        Secret secret = Secret.of(given);

        given[0] = 0;
        secret.revealBytes()[1] = 0;

        assertArrayEquals(new byte[] {1, 2}, secret.revealBytes());
    }

    @Test
    void a_secret_cannot_be_serialized_and_is_no_record() {
        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
        assertFalse(Secret.class.isRecord());
    }

    @Test
    void bytes_that_are_not_text_are_not_given_as_text() {
        Secret secret = Secret.of(new byte[] {-1});

        assertThrows(IllegalStateException.class, secret::reveal);
    }

    @Test
    void text_that_is_not_well_formed_is_refused_without_quoting_it() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Secret.of("hunter\ud800"));

        assertEquals("secret is not well-formed text", refusal.getMessage());
    }

    @Test
    void a_secret_has_at_most_16_kib() {
        assertEquals(Secret.BYTES_MAX, Secret.of(new byte[Secret.BYTES_MAX]).revealBytes().length);

        assertThrows(
                IllegalArgumentException.class, () -> Secret.of(new byte[Secret.BYTES_MAX + 1]));
    }
}
