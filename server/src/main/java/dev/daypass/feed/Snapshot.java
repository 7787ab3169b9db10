package dev.daypass.feed;

import dev.daypass.identity.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What an edge keeps in memory, as of one place in the ledger.
///
/// @param services every service
/// @param rules the rule file in force; empty for none
/// @param ended accounts that ended before their deadline, with that deadline
public record Snapshot(List<ServiceRoute> services, String rules, Map<AccountId, Instant> ended) {
    public Snapshot {
        services = List.copyOf(services);
        ended = Map.copyOf(ended);
    }
}
