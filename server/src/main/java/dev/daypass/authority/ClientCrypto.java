package dev.daypass.authority;

import java.security.Security;
import org.conscrypt.OpenSSLProvider;

/// Which implementation makes keys and speaks TLS in a process that is to start at once.
public enum ClientCrypto {
    /// Conscrypt, which is BoringSSL and needs no warming up.
    CONSCRYPT,
    /// What the JDK brings. It is interpreted at first: a handshake takes 0.2 s more.
    JDK;

    /// Behind the JDK's first, which reads certificates and finds paths as in every other command.
    private static final int POSITION = 2;

    /// Puts Conscrypt before the JDK's own where its native library loads. Never throws.
    public static ClientCrypto install() {
        return install(() -> Security.insertProviderAt(new OpenSSLProvider(), POSITION));
    }

    static ClientCrypto install(Runnable conscrypt) {
        try {
            conscrypt.run();
            return CONSCRYPT;
        } catch (RuntimeException | LinkageError _) {
            return JDK;
        }
    }
}
