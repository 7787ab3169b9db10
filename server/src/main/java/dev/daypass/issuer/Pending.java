package dev.daypass.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.account.OnBehalf;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.identity.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Accounts that wait for a human, by what was asked for, so that a client that only retries gets
/// the approved one. Kept in memory: after a restart a retry asks anew. Thread-safe.
final class Pending {
    private static final int REQUESTS_MAX = 100_000;

    private final Cache<OpenRequest, AccountId> byRequest =
            Caffeine.newBuilder()
                    .maximumSize(REQUESTS_MAX)
                    .expireAfterWrite(Duration.ofHours(24))
                    .build();

    @Nullable AccountId of(OpenRequest request) {
        return byRequest.getIfPresent(withoutAddress(request));
    }

    /// The account that waits for this request: `id`, or the one that was there before it.
    AccountId first(OpenRequest request, AccountId id) {
        AccountId before = byRequest.asMap().putIfAbsent(withoutAddress(request), id);
        return before == null ? id : before;
    }

    void forget(OpenRequest request, AccountId id) {
        byRequest.asMap().remove(withoutAddress(request), id);
    }

    // Nor need the user's token be the same one.
    private static @Nullable OnBehalf withoutEnd(@Nullable OnBehalf user) {
        return user == null
                ? null
                : new OnBehalf(user.user(), user.groups(), user.named(), Instant.EPOCH);
    }

    // The same client may retry from another address.
    private static OpenRequest withoutAddress(OpenRequest request) {
        Claimant by = request.claimant();
        return request.by(new Claimant(by.tenant(), by.agent(), by.proof(), ""))
                .onBehalfOf(withoutEnd(request.onBehalf()));
    }
}
