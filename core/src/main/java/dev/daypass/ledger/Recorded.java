package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact that is durable now.
///
/// @param sequence its place in the ledger
/// @param time when it was recorded
/// @param tenant whose it is
/// @param account the account it is about, or `null`
/// @param fact the fact
public record Recorded(
        long sequence, Instant time, TenantId tenant, @Nullable AccountId account, Fact fact) {}
