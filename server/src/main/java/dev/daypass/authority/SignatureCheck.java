package dev.daypass.authority;

/// What came of checking a token's form and signature. Nothing in the claims has been looked at.
public sealed interface SignatureCheck {
    /// One of our keys signed it.
    final class Signed implements SignatureCheck {
        private final String kid;
        private final byte[] claims;

        Signed(String kid, byte[] claims) {
            this.kid = kid;
            this.claims = claims;
        }

        /// The key that signed.
        public String kid() {
            return kid;
        }

        /// The signed bytes, which should be JSON. A copy.
        public byte[] claims() {
            return claims.clone();
        }
    }

    /// Not a token of ours.
    ///
    /// @param flaw the first one found
    record Invalid(TokenFlaw flaw) implements SignatureCheck {}
}
