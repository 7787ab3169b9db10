package dev.daypass.store;

/// An event that came in.
///
/// @param issuer who said so
/// @param tokenId its `jti`
/// @param hash SHA-256 of its signed form
public record ReceivedEvent(String issuer, String tokenId, Sealed hash) {}
