package dev.daypass.policy;

import java.time.Instant;

/// The request that is being decided on, as rules see it under `request`: the one that opens the
/// account, or the call.
///
/// @param ip the peer's address as text, IPv4 or IPv6; whatever else it holds, no range contains it
///   and a rule that asks for ranges denies
/// @param time when it came in
/// @param method its HTTP method
/// @param path its path in canonical form
public record RequestFacts(String ip, Instant time, String method, String path) {}
