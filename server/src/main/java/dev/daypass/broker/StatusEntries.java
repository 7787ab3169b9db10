package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.OutwardChange;
import dev.daypass.store.StatusEntry;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The entries of accounts that are there already: the same for all tokens of one.
final class StatusEntries {
    private final Store store;
    private final Directory directory;
    private final Minting minting;

    StatusEntries(Store store, Directory directory, Minting minting) {
        this.store = store;
        this.directory = directory;
        this.minting = minting;
    }

    /// May wait. `null` where no service of its grant verifies tokens itself.
    ///
    /// @throws StoreUnavailable if a first entry cannot be made durable
    @Nullable StatusEntry of(Account account) {
        if (!directory.view().verifyTokens(account.tenant(), account.grant().services())) {
            return null;
        }
        StatusEntry known = store.outward().statusEntry(account.id());
        if (known != null) {
            return known;
        }
        StatusEntry drawn = minting.statusEntry(account.id());
        try {
            Outcome kept =
                    store.commit(new Change.OfOutward(new OutwardChange.Refer(drawn)))
                            .toCompletableFuture()
                            .join();
            return switch (kept) {
                case Outcome.Applied _ -> drawn;
                case Outcome.NotApplied _ -> store.outward().statusEntry(account.id());
            };
        } catch (CompletionException e) {
            throw new StoreUnavailable("nothing can be made durable now", e);
        }
    }
}
