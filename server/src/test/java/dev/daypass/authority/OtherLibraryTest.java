package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that had no part in making our tokens verifies them with our published keys.
class OtherLibraryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String CLAIMS =
            """
            {"iss":"https://daypass.example","sub":"acc_1","aud":["flights"],"iat":%d,"exp":%d}\
            """
                    .formatted(NOW.getEpochSecond(), NOW.plusSeconds(600).getEpochSecond());

    @TempDir Path temp;
    private SigningKeys keys;

    @BeforeEach
    void keys() throws IOException {
        keys = SigningKeys.create(temp.resolve("keys"), NOW);
    }

    @Test
    void our_tokens_are_accepted_before_and_after_a_rotation() throws IOException {
        String before = keys.sign(CLAIMS);
        keys.rotate(NOW.plusSeconds(1));
        String after = keys.sign(CLAIMS);

        for (String token : new String[] {before, after}) {
            var read = parser().parseSignedClaims(token);

            assertEquals("acc_1", read.getPayload().getSubject());
            assertEquals("at+jwt", read.getHeader().getType());
            assertEquals("ES256", read.getHeader().getAlgorithm());
        }
    }

    @Test
    void a_changed_token_is_refused() {
        String[] parts = keys.sign(CLAIMS).split("\\.", -1);
        String[] other = keys.sign(CLAIMS.replace("acc_1", "acc_2")).split("\\.", -1);

        assertThrows(
                JwtException.class,
                () -> parser().parseSignedClaims(parts[0] + "." + other[1] + "." + parts[2]));
    }

    private JwtParser parser() {
        Map<String, Key> published =
                Jwks.setParser().build().parse(keys.jwks()).getKeys().stream()
                        .collect(Collectors.toMap(key -> key.getId(), key -> key.toKey()));
        return Jwts.parser()
                .keyLocator(header -> (PublicKey) published.get(String.valueOf(header.get("kid"))))
                .clock(() -> Date.from(NOW))
                .build();
    }
}
