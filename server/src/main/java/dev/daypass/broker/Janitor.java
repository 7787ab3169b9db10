package dev.daypass.broker;

import dev.daypass.account.EndReason;
import dev.daypass.store.Change;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the accounts whose deadline has passed, and forgets those that ended long ago, some at a
/// time.
public final class Janitor {
    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
    private static final int AT_ONCE = 500;

    private final Store store;
    private final InstantSource clock;
    private final Duration keep;
    private final Shredding shredding;

    /// @param keep how long after its opening an ended account is kept at least
    /// @param shredding destroys keys whose time is up
    Janitor(Store store, InstantSource clock, Duration keep, Shredding shredding) {
        this.store = store;
        this.clock = clock;
        this.keep = keep;
        this.shredding = shredding;
    }

    /// One round. Tokens of overdue accounts are refused already: their deadline is in them.
    public void sweep() {
        try {
            Instant now = clock.instant();
            for (StoredAccount account : store.overdue(now, AT_ONCE)) {
                EndReason reason =
                        switch (account.state()) {
                            case AWAITING_APPROVAL -> EndReason.UNDECIDED;
                            case ACTIVE, ENDED -> EndReason.EXPIRED;
                        };
                var only = new Change.End.Only(null, account.state(), false);
                store.commit(
                        new Change.End(account.tenant(), account.id(), only, reason, "daypass"));
            }
            store.forget(now.minus(keep), AT_ONCE);
            shredding.sweep(now);
        } catch (StoreUnavailable e) {
            LOG.warn("sweeping accounts: {}", e.getMessage());
        }
    }
}
