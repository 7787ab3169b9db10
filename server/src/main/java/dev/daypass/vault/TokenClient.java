package dev.daypass.vault;

/// Who we are at a service's own authorization server, and what we ask for there.
///
/// @param tokenUrl its token endpoint
/// @param clientId our client id there
/// @param auth how we prove it
/// @param scope scope to ask for; empty for none
/// @param target what the token is for
public record TokenClient(
        String tokenUrl, String clientId, ClientAuth auth, String scope, Target target) {

    /// What a token is asked for.
    ///
    /// @param resource resource indicator (RFC 8707); empty for none
    /// @param audience the same where the server knows it by this name; empty for none
    public record Target(String resource, String audience) {
        public static final Target UNSAID = new Target("", "");
    }

    /// How a client proves who it is (RFC 6749, section 2.3; RFC 7523, section 2.2).
    public sealed interface ClientAuth {
        /// `client_secret_basic`.
        ///
        /// @param secret of the client
        record Basic(Secret secret) implements ClientAuth {}

        /// `client_secret_post`.
        ///
        /// @param secret of the client
        record Post(Secret secret) implements ClientAuth {}

        /// `private_key_jwt`: an assertion signed for each request.
        ///
        /// @param pem the private key: PKCS #8, PKCS #1 or SEC 1; RSA, P-256 or P-384
        /// @param keyId `kid` of the assertion; empty for none
        /// @param audience `aud` of the assertion; empty for the token endpoint
        record PrivateKeyJwt(Secret pem, String keyId, String audience) implements ClientAuth {}

        /// `none`: a public client, which only says its id.
        record Public() implements ClientAuth {}
    }
}
