package dev.daypass.token;

/// Judges the signature of a token, and nothing else of it.
public interface TokenSignatures {
    Signed verify(String compact);

    /// What became of a token's signature.
    sealed interface Signed {
        /// @param payload the signed text
        record Valid(String payload) implements Signed {}

        /// @param why for the log and the caller; says nothing secret
        record Invalid(String why) implements Signed {}
    }
}
