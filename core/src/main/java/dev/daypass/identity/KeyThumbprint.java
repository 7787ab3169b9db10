package dev.daypass.identity;

import java.util.regex.Pattern;

/// What a token is bound to: the SHA-256 of a certificate or of a public key, base64url without
/// padding.
public sealed interface KeyThumbprint {
    /// 43 characters of base64url.
    String value();

    /// `x5t#S256`: the digest of a certificate's DER form (RFC 8705, section 3.1).
    ///
    /// @param value 43 characters of base64url
    record Certificate(String value) implements KeyThumbprint {
        public Certificate {
            requireDigest(value);
        }
    }

    /// `jkt`: the thumbprint of a JWK (RFC 7638), for DPoP (RFC 9449, section 6).
    ///
    /// @param value 43 characters of base64url
    record Jwk(String value) implements KeyThumbprint {
        public Jwk {
            requireDigest(value);
        }
    }

    private static void requireDigest(String value) {
        if (!Shape.DIGEST.matcher(value).matches()) {
            throw new InvalidName("a thumbprint is 32 bytes in 43 characters of base64url");
        }
    }

    /// Holds the pattern out of the interface's public face.
    final class Shape {
        // The last of the 43 characters carries 4 bits; with the spare 2 set, one digest would have
        // four spellings.
        private static final Pattern DIGEST =
                Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

        private Shape() {}
    }
}
