package dev.daypass.users;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys that are fetched: when they are first needed, when they are old, and when a token names one
/// that is not there, but never more than once a minute, whatever tokens come. Keys that cannot be
/// fetched anew are used a while longer, and then not: one that the issuer has taken back must not
/// be believed for ever.
final class FetchedKeys implements IssuerKeys {
    /// From then on they are fetched anew.
    static final Duration FRESH = Duration.ofMinutes(10);

    /// From then on they are not used.
    static final Duration USABLE = Duration.ofHours(1);

    static final Duration PAUSE = Duration.ofMinutes(1);

    /// Between tries while there are no keys at all.
    static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

    private final String issuer;
    private final Supplier<byte[]> fetch;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    // Written under the lock, read without it.
    private volatile Held held = new Held(null, Instant.MIN, Instant.MIN);

    /// @param issuer how the log names them
    /// @param fetch gets the JWK set, or throws a [WireException]
    FetchedKeys(String issuer, Supplier<byte[]> fetch, InstantSource clock) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.clock = clock;
    }

    /// @param keys the newest ones; `null` before the first
    /// @param fetched when these came
    /// @param tried when it was last tried
    private record Held(@Nullable PublicKeys keys, Instant fetched, Instant tried) {
        @Nullable PublicKeys usable(Instant now) {
            return keys != null && now.isBefore(fetched.plus(USABLE)) ? keys : null;
        }

        boolean old(Instant now) {
            return keys == null || !now.isBefore(fetched.plus(FRESH));
        }

        /// A clock that was set back must not stop it.
        boolean mayTry(Instant now) {
            if (tried.equals(Instant.MIN) || now.isBefore(tried)) {
                return true;
            }
            Duration pause = usable(now) == null ? PAUSE_WITHOUT_KEYS : PAUSE;
            return !now.isBefore(tried.plus(pause));
        }
    }

    @Override
    public Found find(JWSHeader header) {
        Instant now = clock.instant();
        Held seen = held;
        JWK known = find(seen, header, now);
        if (known != null && !seen.old(now)) {
            return new Found.Key(known);
        }
        Held newest = known == null ? refreshed(now) : refreshedUnlessBusy(now);
        JWK key = find(newest, header, now);
        if (key != null) {
            return new Found.Key(key);
        }
        return newest.usable(now) == null ? new Found.Unavailable() : new Found.None();
    }

    private static @Nullable JWK find(Held held, JWSHeader header, Instant now) {
        PublicKeys keys = held.usable(now);
        return keys == null ? null : keys.find(header);
    }

    private Held refreshed(Instant now) {
        fetching.lock();
        try {
            return fetchOnce(now);
        } finally {
            fetching.unlock();
        }
    }

    private Held refreshedUnlessBusy(Instant now) {
        if (!fetching.tryLock()) {
            return held;
        }
        try {
            return fetchOnce(now);
        } finally {
            fetching.unlock();
        }
    }

    private Held fetchOnce(Instant now) {
        Held before = held;
        if (before.mayTry(now)) {
            held = fetched(before, now);
        }
        return held;
    }

    private Held fetched(Held before, Instant now) {
        try {
            return new Held(PublicKeys.parse(fetch.get()), now, now);
        } catch (WireException e) {
            LOG.warn(
                    "the keys of the users' issuer {} cannot be fetched: {}",
                    issuer,
                    e.getMessage());
            return new Held(before.keys(), before.fetched(), now);
        }
    }
}
