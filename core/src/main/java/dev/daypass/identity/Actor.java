package dev.daypass.identity;

/// Who acts under an account (RFC 8693, section 4.1).
///
/// @param agent who holds it
/// @param account the account
public record Actor(AgentId agent, AccountId account) {}
