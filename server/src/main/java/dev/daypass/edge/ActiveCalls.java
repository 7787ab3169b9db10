package dev.daypass.edge;

import dev.daypass.identity.AccountId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/// The calls that are under way, by account, so that ending an account can cut them. Thread-safe.
final class ActiveCalls {
    private final ConcurrentHashMap<AccountId, Set<Cuttable>> byAccount = new ConcurrentHashMap<>();
    private volatile LongConsumer told = _ -> {};

    /// A call that can be stopped from any thread.
    @FunctionalInterface
    interface Cuttable {
        void cut();
    }

    void enter(AccountId account, Cuttable call) {
        byAccount.compute(
                account,
                (_, calls) -> {
                    Set<Cuttable> set = calls == null ? ConcurrentHashMap.newKeySet(2) : calls;
                    set.add(call);
                    return set;
                });
    }

    /// @return whether the account has no other call under way
    boolean leave(AccountId account, Cuttable call) {
        Set<Cuttable> left =
                byAccount.computeIfPresent(
                        account,
                        (_, calls) -> {
                            calls.remove(call);
                            return calls.isEmpty() ? null : calls;
                        });
        return left == null;
    }

    void cut(AccountId account) {
        Set<Cuttable> calls = byAccount.get(account);
        if (calls != null) {
            calls.forEach(Cuttable::cut);
        }
    }

    /// Has `nanos` know how long after the account was known to have ended each call was closed.
    void onCut(LongConsumer nanos) {
        told = nanos;
    }

    /// A call was closed.
    void wasCut(long nanos) {
        told.accept(nanos);
    }

    int accounts() {
        return byAccount.size();
    }
}
