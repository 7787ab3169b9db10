package dev.daypass.token;

/// Signs access tokens with the broker's newest key.
public interface TokenSigner {
    /// @param payload the claims as JSON text
    /// @return the token: a compact JWS of type `at+jwt` (RFC 9068, section 2.1)
    String sign(String payload);
}
