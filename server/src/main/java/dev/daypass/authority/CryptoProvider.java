package dev.daypass.authority;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which implementation signs and verifies in this process.
public enum CryptoProvider {
    /// Amazon Corretto Crypto Provider, first in the list of providers.
    CORRETTO,
    /// What the JDK brings; correct, and about fifteen times slower at ES256.
    JDK;

    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

    /// Puts Amazon's provider first if its native library loads and passes its own test; otherwise
    /// says so in one logged line and leaves the JDK's. Never throws; calling it again is harmless.
    public static CryptoProvider install() {
        return install(CryptoProvider::installCorretto);
    }

    static CryptoProvider install(Runnable corretto) {
        try {
            corretto.run();
            return CORRETTO;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "native crypto is not available ({}); using the JDK's own, which signs and"
                            + " verifies tokens about 15 times slower",
                    reason(e));
            return JDK;
        }
    }

    private static void installCorretto() {
        AmazonCorrettoCryptoProvider.install();
        try {
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        } catch (RuntimeException | LinkageError e) {
            Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
            throw e;
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
