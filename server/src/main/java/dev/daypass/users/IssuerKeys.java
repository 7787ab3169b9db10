package dev.daypass.users;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;

/// Where the keys of an issuer come from. Thread-safe; may wait.
@FunctionalInterface
interface IssuerKeys {
    /// The key that a token's header means.
    Found find(JWSHeader header);

    /// What came of it.
    sealed interface Found {
        /// @param jwk public
        record Key(JWK jwk) implements Found {}

        /// The issuer has no such key.
        record None() implements Found {}

        /// Nobody knows now.
        record Unavailable() implements Found {}
    }

    /// Keys that do not change.
    static IssuerKeys fixed(PublicKeys keys) {
        return header -> {
            JWK key = keys.find(header);
            return key == null ? new Found.None() : new Found.Key(key);
        };
    }
}
