package dev.daypass.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change that concerns who is neither agent nor edge: verifiers of tokens, receivers and
/// transmitters of events.
public sealed interface OutwardChange {
    /// Gives an account an entry in a status list. Applies only where it has none.
    ///
    /// @param entry which
    record Refer(StatusEntry entry) implements OutwardChange {}

    /// Registers a receiver of events.
    ///
    /// @param stream the receiver
    /// @param by `operator:` and the operator's name
    record AddStream(StoredStream stream, String by) implements OutwardChange {}

    /// Takes a receiver away, with all that was on its way to it.
    ///
    /// @param stream its id
    /// @param by `operator:` and the operator's name
    record RemoveStream(String stream, String by) implements OutwardChange {}

    /// An event was taken.
    ///
    /// @param stream by which receiver
    /// @param fact which
    record Delivered(String stream, long fact) implements OutwardChange {}

    /// An event was not taken.
    ///
    /// @param stream by which receiver
    /// @param fact which
    /// @param tries how often it was tried
    /// @param due when it is tried again; `null` for never
    /// @param problem what was wrong
    record Failed(String stream, long fact, int tries, @Nullable Instant due, String problem)
            implements OutwardChange {}

    /// Has events that nobody tries any more be tried again.
    ///
    /// @param stream of this receiver, or `null` for all
    /// @param due when
    record Retry(@Nullable String stream, Instant due) implements OutwardChange {}

    /// Keeps that an event came in. Applies once for an issuer and a `jti`.
    ///
    /// @param event which
    /// @param type of the event
    /// @param ended how many accounts ended with it
    record Received(ReceivedEvent event, String type, long ended) implements OutwardChange {}
}
