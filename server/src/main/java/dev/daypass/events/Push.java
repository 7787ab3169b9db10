package dev.daypass.events;

import dev.daypass.vault.Secret;
import org.jspecify.annotations.Nullable;

/// Hands one event to a receiver (RFC 8935). May wait; thread-safe.
@FunctionalInterface
interface Push {
    /// @param authorization what the field of that name says; `null` for none
    Pushed push(String endpoint, @Nullable Secret authorization, String token);

    /// What came of it.
    sealed interface Pushed {
        record Taken() implements Pushed {}

        /// It may be taken another time.
        ///
        /// @param why fit to be shown
        record NotNow(String why) implements Pushed {}

        /// The receiver will not have it.
        ///
        /// @param why fit to be shown
        record Refused(String why) implements Pushed {}
    }
}
