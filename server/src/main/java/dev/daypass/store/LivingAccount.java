package dev.daypass.store;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;

/// Whose account lives.
///
/// @param waits whether it waits for a human
public record LivingAccount(AccountId id, AgentId agent, boolean waits) {}
