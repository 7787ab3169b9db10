package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.permission.HttpMethod;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.IncorrectClaimException;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that knows nothing of us verifies what the token endpoint issued, with a JWT library
/// and our published keys.
class OtherLibraryTest {
    private static final String SHOP = IssuerWorld.ISSUER + "/shop";

    @TempDir Path directory;
    private IssuerWorld world;
    private String token;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
        token = world.accessToken(world.client("shopper"), IssuerWorld.SEARCH);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_issued_token_is_accepted_by_its_issuer_audience_and_time() {
        JwtParser service =
                service().requireIssuer(IssuerWorld.ISSUER).requireAudience(SHOP).build();

        Jws<Claims> accepted = service.parseSignedClaims(token);

        assertEquals("at+jwt", accepted.getHeader().getType());
        assertEquals("ES256", accepted.getHeader().getAlgorithm());
        assertEquals("shopper", accepted.getPayload().get("client_id"));
        assertEquals(Set.of(SHOP), accepted.getPayload().getAudience());
        assertEquals(
                Date.from(IssuerWorld.START.plusSeconds(600)),
                accepted.getPayload().getExpiration());
    }

    @Test
    void another_service_refuses_it() {
        JwtParser other = service().requireAudience(IssuerWorld.ISSUER + "/library").build();

        assertThrows(IncorrectClaimException.class, () -> other.parseSignedClaims(token));
    }

    @Test
    void it_is_refused_when_its_time_is_over() {
        world.clock.forward(Duration.ofMinutes(10).plusMillis(1));

        assertThrows(ExpiredJwtException.class, () -> service().build().parseSignedClaims(token));
    }

    private JwtParserBuilder service() {
        String published =
                world.send(HttpMethod.GET, "/oauth2/jwks", IssuerWorld.peer(null), Map.of(), "")
                        .body();
        Map<String, Key> keys =
                Jwks.setParser().build().parse(published).getKeys().stream()
                        .collect(Collectors.toMap(Jwk::getId, Jwk::toKey));
        return Jwts.parser()
                .keyLocator(header -> keys.get(String.valueOf(header.get("kid"))))
                .clock(() -> Date.from(world.clock.instant()));
    }
}
