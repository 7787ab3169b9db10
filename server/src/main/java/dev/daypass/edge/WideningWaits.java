package dev.daypass.edge;

import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Granted;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The widenings of living accounts that wait for a human, and those that a human granted. Follows
/// the feed; what came before this process is not known, and what is not known widens nothing.
/// Thread-safe.
final class WideningWaits {
    private final Map<AccountId, Wait> waits = new ConcurrentHashMap<>();

    /// @param asked what the account would have; `null` where nothing waits
    /// @param granted what it has since a human agreed; `null` where none did
    record Wait(@Nullable Grant asked, @Nullable Grant granted) {
        static final Wait NONE = new Wait(null, null);
    }

    Wait of(AccountId account) {
        return waits.getOrDefault(account, Wait.NONE);
    }

    void hear(Recorded recorded) {
        AccountId account = recorded.account();
        if (account == null) {
            return;
        }
        switch (recorded.fact()) {
            case Fact.WideningAsked asked ->
                    waits.put(account, new Wait(grant(asked.account()), of(account).granted()));
            case Fact.AccountWidened(var wider, var _, var _, var by) when by != null ->
                    waits.put(account, new Wait(null, grant(wider)));
            case Fact.WideningRefused _ ->
                    waits.computeIfPresent(
                            account,
                            (_, wait) ->
                                    wait.granted() == null ? null : new Wait(null, wait.granted()));
            case Fact.AccountEnded _ -> waits.remove(account);
            case Fact _ -> {}
        }
    }

    private static Grant grant(Json.Obj account) {
        return Granted.fromJson(JsonFields.of(account).items("grant")).grant();
    }
}
