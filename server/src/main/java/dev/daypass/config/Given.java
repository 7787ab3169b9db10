package dev.daypass.config;

import dev.daypass.wire.WireException;

/// A value that somebody gave, and the place to blame for it.
///
/// @param text the value as written
/// @param place where it was written
record Given(String text, Place place) {
    /// Makes an error that begins with the place and the name by which the value was given.
    @FunctionalInterface
    interface Place {
        WireException error(String message);
    }
}
