package dev.daypass.token;

/// Judges the signature of a token, and nothing else of it.
public interface TokenSignatures {
    Signed verify(String compact);

    /// What became of a token's signature.
    sealed interface Signed {
        /// @param payload the signed bytes
        record Valid(byte[] payload) implements Signed {
            @Override
            public boolean equals(Object other) {
                return other instanceof Valid(var that) && java.util.Arrays.equals(payload, that);
            }

            @Override
            public int hashCode() {
                return java.util.Arrays.hashCode(payload);
            }
        }

        /// @param why for the log and the caller; says nothing secret
        record Invalid(String why) implements Signed {}
    }
}
