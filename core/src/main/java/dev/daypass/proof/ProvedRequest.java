package dev.daypass.proof;

import dev.daypass.wire.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// The request that a proof has to be for.
///
/// @param method HTTP method
/// @param uri its URL as the world sees it, without query
/// @param tokenHash SHA-256 of the access token beside it, base64url; `null` where there is none
public record ProvedRequest(String method, String uri, @Nullable String tokenHash) {
    /// A request without an access token.
    public static ProvedRequest of(String method, String uri) {
        return new ProvedRequest(method, uri, null);
    }

    /// A request with an access token (RFC 9449, section 4.2: `ath`).
    public static ProvedRequest with(String token, String method, String uri) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return new ProvedRequest(method, uri, Base64Url.encode(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Whether an `htu` names this URL, however it is written.
    boolean isFor(String htu) {
        if (htu.equals(uri)) {
            return true;
        }
        String normal = TargetUri.normal(htu);
        return normal != null && normal.equals(TargetUri.normal(uri));
    }
}
