package dev.daypass.store;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import org.jspecify.annotations.Nullable;

/// Which accounts.
///
/// @param tenant whose
/// @param agent only this agent's, or `null`
/// @param state only in this state, or `null`
public record AccountFilter(
        TenantId tenant, @Nullable AgentId agent, @Nullable AccountState state) {}
