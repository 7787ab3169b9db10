package dev.daypass.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The cookie jars of living accounts, one for each service that allows it: no account sees the
/// cookies of another. In memory only; at most {@value #ACCOUNTS_MAX} accounts, those that were not
/// used longest give way. Thread-safe.
final class CookieJars {
    static final int ACCOUNTS_MAX = 10_000;

    private final Cache<AccountId, Map<Whence, CookieJar>> jars =
            Caffeine.newBuilder().maximumSize(ACCOUNTS_MAX).build();

    // A service that moves does not take its cookies along.
    private record Whence(ServiceId service, URI upstream) {}

    CookieJar jar(AccountId account, ServiceId service, URI upstream) {
        return jars.get(account, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(new Whence(service, upstream), _ -> new CookieJar());
    }

    @Nullable CookieJar present(AccountId account, ServiceId service, URI upstream) {
        Map<Whence, CookieJar> own = jars.getIfPresent(account);
        return own == null ? null : own.get(new Whence(service, upstream));
    }

    /// The account is over, and its cookies with it.
    void end(AccountId account) {
        jars.invalidate(account);
    }

    long accounts() {
        jars.cleanUp();
        return jars.estimatedSize();
    }
}
