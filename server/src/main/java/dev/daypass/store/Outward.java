package dev.daypass.store;

import dev.daypass.identity.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept for who is neither agent nor edge. Reading only.
public interface Outward {
    @Nullable StatusEntry statusEntry(AccountId account);

    /// The lists that have entries.
    List<String> statusLists();

    boolean hasStatusList(String list);

    /// Entries of a list whose accounts are over.
    List<Integer> endedEntries(String list);

    /// Receivers of events.
    List<StoredStream> streams();

    /// What is to be sent to a receiver now, the oldest first.
    List<StoredDelivery> due(String stream, Instant now, int limit);

    /// What nobody tries to send any more, the oldest first.
    List<StoredDelivery> dead(int limit);

    /// How many events are on their way to a receiver.
    long waiting(String stream);

    /// The hash of an event that came in; `null` where it did not.
    @Nullable Sealed received(String issuer, String tokenId);
}
