package dev.daypass.events;

import dev.daypass.feed.LocalFeed;
import dev.daypass.store.Store;
import dev.daypass.vault.Vault;
import java.util.concurrent.Executor;

/// What tells receivers of events.
///
/// @param streams receivers, as operators register them
/// @param courier brings events to them
public record EventParts(EventStreams streams, EventCourier courier) {
    /// @param waiting runs what may wait; virtual threads
    public static EventParts of(Needs needs, EventStreams.Surroundings around, Executor waiting) {
        return of(needs, new HttpPush(around.fetch()), around, waiting);
    }

    static EventParts of(
            Needs needs, Push push, EventStreams.Surroundings around, Executor waiting) {
        var courier =
                new EventCourier(
                        new EventCourier.Parts(needs.store(), needs.vault(), needs.signer(), push),
                        around,
                        waiting);
        needs.feed().subscribe(courier::hear);
        return new EventParts(
                new EventStreams(needs.store(), needs.vault(), needs.signer(), push, around),
                courier);
    }

    /// What it stands on.
    ///
    /// @param store facts and state
    /// @param feed that the store publishes to
    /// @param vault seals what opens receivers
    /// @param signer signs events
    public record Needs(Store store, LocalFeed feed, Vault vault, EventSigner signer) {}
}
