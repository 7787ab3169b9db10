package dev.daypass.broker;

import dev.daypass.budget.TokenBucket;
import dev.daypass.intent.Reach;
import dev.daypass.permission.Ceiling;
import dev.daypass.store.StoredAgent;

/// A registered agent as the broker works with it.
///
/// @param stored as it is kept
/// @param ceiling the most it may be granted
/// @param reach its ceiling laid over the tenant's operations
/// @param rate how fast it may open accounts
/// @param renewals how fast it may renew tokens
record Agent(
        StoredAgent stored, Ceiling ceiling, Reach reach, TokenBucket rate, TokenBucket renewals) {}
