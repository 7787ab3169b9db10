package dev.daypass.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges client assertions (RFC 7523, section 3), as strictly as FAPI 2.0 asks for: one audience,
/// our issuer; short lives; each used once.
final class Assertions {
    private static final int CHARS_MAX = 8_192;
    private static final int ID_CHARS_MAX = 200;
    // Ten thousand years; what is further away is not a time.
    private static final long SECONDS_MAX = 315_576_000_000L;
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final Duration FUTURE_MAX = Duration.ofSeconds(60);
    private static final Duration LIFE_MAX = Duration.ofMinutes(5);
    private static final Set<String> TYPES = Set.of("JWT", "client-authentication+jwt");

    private final String issuer;
    private final InstantSource clock;
    // An assertion lives five minutes at most, so its id need not be remembered longer.
    private final Cache<String, Boolean> used =
            Caffeine.newBuilder()
                    .expireAfterWrite(LIFE_MAX.plus(FUTURE_MAX).plus(SKEW))
                    .maximumSize(1_000_000)
                    .build();

    Assertions(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /// The public JWK of an agent, or `null`.
    @FunctionalInterface
    interface Keys {
        @Nullable String jwk(AgentId agent);
    }

    /// What came of it.
    sealed interface Check {
        /// @param agent whose it is
        record SignedBy(AgentId agent) implements Check {}

        /// @param why fit to be shown
        record Refused(String why) implements Check {}
    }

    Check check(String compact, Keys keys) {
        if (compact.length() > CHARS_MAX) {
            return new Check.Refused("client assertion is too long");
        }
        try {
            return judge(JWSObject.parse(compact), compact, keys);
        } catch (ParseException | JOSEException | WireException | InvalidName _) {
            return new Check.Refused("malformed client assertion");
        }
    }

    private Check judge(JWSObject parsed, String compact, Keys keys)
            throws ParseException, JOSEException {
        // Read again by the strict reader: no member twice, and only headers that we know.
        JsonFields header =
                JsonFields.of(Json.parse(text(compact.substring(0, compact.indexOf('.')))));
        String type = header.stringOrNull("typ");
        String algorithm = header.string("alg");
        header.stringOrNull("kid");
        header.end();
        if (!JWSAlgorithm.ES256.getName().equals(algorithm)) {
            return new Check.Refused("client assertion must be signed with ES256");
        }
        if (type != null && !TYPES.contains(type)) {
            return new Check.Refused("client assertion has the type of something else");
        }
        JsonFields claims = JsonFields.of(Json.parse(parsed.getPayload().toString()));
        var agent = new AgentId(claims.string("sub"));
        String jwk = keys.jwk(agent);
        if (jwk == null || !parsed.verify(new ECDSAVerifier(ECKey.parse(jwk)))) {
            return new Check.Refused("client assertion is not signed by a known client");
        }
        String objection = objection(claims, agent);
        return objection.isEmpty() ? new Check.SignedBy(agent) : new Check.Refused(objection);
    }

    private static String text(String part) {
        return new String(Base64Url.decode(part), StandardCharsets.UTF_8);
    }

    private String objection(JsonFields claims, AgentId agent) {
        Instant now = clock.instant();
        Instant expires = time(claims.longValue("exp"));
        String id = claims.string("jti");
        if (!agent.value().equals(claims.string("iss"))) {
            return "client assertion: iss and sub differ";
        }
        if (!(claims.take("aud") instanceof Json.Str(var audience)) || !audience.equals(issuer)) {
            return "client assertion: aud must be the issuer, as one string";
        }
        if (!expires.plus(SKEW).isAfter(now)) {
            return "client assertion: expired";
        }
        if (expires.isAfter(now.plus(LIFE_MAX).plus(SKEW))) {
            return "client assertion: lives longer than 5 minutes";
        }
        if (later(claims.longOrNull("iat"), now) || later(claims.longOrNull("nbf"), now)) {
            return "client assertion: from the future";
        }
        if (id.isEmpty()
                || id.length() > ID_CHARS_MAX
                || used.asMap().putIfAbsent(agent + " " + id, true) != null) {
            return "client assertion: used before";
        }
        return "";
    }

    private static boolean later(@Nullable Long seconds, Instant now) {
        return seconds != null && time(seconds).isAfter(now.plus(FUTURE_MAX));
    }

    private static Instant time(long seconds) {
        if (seconds < -SECONDS_MAX || seconds > SECONDS_MAX) {
            throw new WireException("time is out of range");
        }
        return Instant.ofEpochSecond(seconds);
    }
}
