package dev.daypass.store;

import org.jspecify.annotations.Nullable;

/// A receiver of events.
///
/// @param id its id
/// @param endpoint where it takes them
/// @param audience `aud` of what it is sent
/// @param credential sealed: its authorization field; `null` for none
public record StoredStream(
        String id, String endpoint, String audience, @Nullable Sealed credential) {}
