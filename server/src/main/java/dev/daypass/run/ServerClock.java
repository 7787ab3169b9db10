package dev.daypass.run;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What time it is at the server: proofs are judged by its clock (RFC 9449, section 4.3), and this
/// host's may be wrong.
final class ServerClock implements InstantSource {
    private final Instant issued;
    private final long heardNanos;

    private ServerClock(Instant issued, long heardNanos) {
        this.issued = issued;
        this.heardNanos = heardNanos;
    }

    /// By a token that came just now: it says when it was issued (RFC 9068, section 2.2).
    ///
    /// @param otherwise this host's clock, for a token that is not to be read
    static InstantSource of(Secret token, InstantSource otherwise) {
        String[] parts = token.reveal().split("\\.", -1);
        try {
            if (parts.length == 3) {
                JsonFields claims =
                        JsonFields.of(Json.parse(Base64Url.decode(parts[1]), JsonLimits.DOCUMENT));
                return new ServerClock(
                        Instant.ofEpochSecond(claims.longValue("iat")), System.nanoTime());
            }
        } catch (WireException _) {
            // only its issuer has to understand it
        }
        return otherwise;
    }

    @Override
    public Instant instant() {
        return issued.plus(Duration.ofNanos(System.nanoTime() - heardNanos));
    }
}
