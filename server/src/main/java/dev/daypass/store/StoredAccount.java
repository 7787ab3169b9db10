package dev.daypass.store;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account as it is kept: little once it has ended.
///
/// @param id its id
/// @param tenant whose it is
/// @param agent who holds it
/// @param state where it stands
/// @param reason why it ended; `null` while it lives
/// @param opened when it opened or was asked for
/// @param deadline when it ends at the latest
/// @param ended when it ended; `null` while it lives
/// @param parent the account it was delegated from, or `null`
/// @param callsMax its budget, or `null`
/// @param callsUsed calls made, and calls set aside for an edge
/// @param details the body of the fact that opened it, or asked for it, as JSON text; `null` once
///   it has ended
public record StoredAccount(
        AccountId id,
        TenantId tenant,
        AgentId agent,
        AccountState state,
        @Nullable EndReason reason,
        Instant opened,
        Instant deadline,
        @Nullable Instant ended,
        @Nullable AccountId parent,
        @Nullable Long callsMax,
        long callsUsed,
        @Nullable String details) {}
