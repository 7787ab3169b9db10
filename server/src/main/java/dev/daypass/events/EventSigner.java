package dev.daypass.events;

import dev.daypass.store.StoredStream;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.function.Function;

/// Makes Security Event Tokens (RFC 8417) of events.
///
/// @param issuer `iss`
/// @param signer signs claims as a token of [#TYPE]
public record EventSigner(String issuer, Function<byte[], String> signer) {
    /// The header's `typ` (RFC 8417, section 2.3).
    public static final String TYPE = "secevent+jwt";

    private static final int TOKEN_ID_BYTES = 16;

    /// What is tried again has the same `jti`, by which a receiver knows it; without `sub` and
    /// `exp`, or it could be taken for another token (SSF 1.0, section 4.1).
    String signed(SecurityEvent event, StoredStream to, Instant now) {
        Json.Obj claims =
                Json.object()
                        .put("iss", issuer)
                        .put("aud", to.audience())
                        .put("iat", now.getEpochSecond())
                        .put("jti", tokenId(to.id() + " " + event.id()))
                        .put("txn", event.transaction())
                        .put("sub_id", event.subject())
                        .put("events", Json.object().put(event.type(), event.body()).build())
                        .build();
        return signer.apply(claims.bytes());
    }

    private static String tokenId(String of) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(java.util.Arrays.copyOf(hash, TOKEN_ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
