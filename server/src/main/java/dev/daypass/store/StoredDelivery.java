package dev.daypass.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event on its way to a receiver.
///
/// @param stream the receiver's id
/// @param fact that says what happened
/// @param tries how often it was tried
/// @param due when it is tried again; `null` where nobody tries any more
/// @param problem what was wrong the last time; empty where it was not tried
public record StoredDelivery(
        String stream, long fact, int tries, @Nullable Instant due, String problem) {}
