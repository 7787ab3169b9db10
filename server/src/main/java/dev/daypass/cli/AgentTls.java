package dev.daypass.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// TLS of `daypass run`: what is loaded with it is there without a library.
final class AgentTls {
    private AgentTls() {}

    /// With the agent's key and certificate, for connections that are opened by the name of their
    /// server, which is compared whatever they say.
    static SSLContext of(AgentIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OwnKey(identity.key().key(), identity.chain())},
                    new TrustManager[] {new ServerTrust(identity.authority().certificate())},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new DataDirectoryFailure(
                    "the key and certificate here cannot be used: " + e.getMessage());
        }
    }
}
