package dev.daypass.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.identity.TenantId;
import dev.daypass.permission.Grant;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Store;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Grants that are too large for their tokens, by resource hash. Bounded; a grant that was dropped
/// makes its token useless, never too powerful.
final class LargeGrants {
    private static final long CHARS_MAX = 64L * 1024 * 1024;

    private final Cache<String, Grant> grants;

    LargeGrants(Duration accountTtlMax) {
        this.grants =
                Caffeine.newBuilder()
                        .maximumWeight(CHARS_MAX)
                        .weigher((String _, Grant grant) -> grant.canonical().length())
                        .expireAfterWrite(accountTtlMax)
                        .build();
    }

    /// Reads the living accounts' large grants, at the start.
    void load(Store store, TenantId tenant, int limit) {
        for (var stored :
                store.accounts(new AccountFilter(tenant, null, AccountState.ACTIVE), limit)) {
            String details = stored.details();
            if (details != null && details.length() > Claims.GRANT_CHARS_MAX) {
                Broker.details(stored).map(Account::grant).ifPresent(this::remember);
            }
        }
    }

    void remember(Grant grant) {
        if (grant.canonical().length() > Claims.GRANT_CHARS_MAX) {
            grants.put(grant.resourceHash(), grant);
        }
    }

    /// Remembers the grant of an account that another server opened or widened; one that was
    /// shredded since has none.
    void heard(Json.Obj account) {
        if (account.members().get("grant") instanceof Json.Arr grant
                && grant.text().length() > Claims.GRANT_CHARS_MAX) {
            remember(AccountJson.read(account).grant());
        }
    }

    @Nullable Grant find(String resourceHash) {
        return grants.getIfPresent(resourceHash);
    }
}
