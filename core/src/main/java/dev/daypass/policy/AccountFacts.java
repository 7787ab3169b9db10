package dev.daypass.policy;

import dev.daypass.identity.UserId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The account that is being opened or that calls, as rules see it under `account`.
///
/// @param id its id; empty where none is given yet
/// @param task what the agent says it will do
/// @param ttl how long the account is to live
/// @param calls how many calls it may make; `null` for no bound
/// @param uses how many uses it is good for; `null` for no bound
/// @param grant what it may use
/// @param user the user for whom it acts; `null` for none
public record AccountFacts(
        String id,
        String task,
        Duration ttl,
        @Nullable Long calls,
        @Nullable Long uses,
        List<GrantLeaf> grant,
        @Nullable UserId user) {
    public AccountFacts {
        grant = List.copyOf(grant);
    }
}
