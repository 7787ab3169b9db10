package dev.daypass.feed;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An edge's connection to its broker: what happened comes down, what the edge did goes up.
public interface EdgeLink {
    /// Joins: every fact after the snapshot, and perhaps some before it again, goes to `news`, in
    /// order, on the broker's writing thread. A revocation is answered only after `news` has
    /// returned.
    Snapshot join(Consumer<Recorded> news);

    /// Where a service is now, and what it offers; `null` if there is none. An edge that hears of a
    /// service asks for it: its catalog is too large for the feed.
    @Nullable ServiceRoute route(TenantId tenant, ServiceId service);

    /// Whether the edge hears the news now, and its own can be recorded. An edge of which this is
    /// not true must stop serving.
    boolean fresh();

    /// A living account's grant that is too large for its token, by its resource hash; `null` if
    /// there is none.
    @Nullable Grant largeGrant(String resourceHash);

    /// Sets calls of an account's budget aside for this edge; negative gives back.
    ///
    /// @return how many were had: 0 if none are left or the account is over
    CompletionStage<Long> reserve(TenantId tenant, AccountId account, long calls);

    /// Says that the last of the calls was made that this edge set aside for an account. The
    /// account ends once no other edge has any left.
    ///
    /// @param had how many those were in all
    void spent(TenantId tenant, AccountId account, long had);

    /// Whether what must be durable before it is answered can be recorded now, as far as is known.
    default boolean recording() {
        return true;
    }

    /// Records what the edge did, where nobody waits for it: durable a few milliseconds later.
    void note(TenantId tenant, AccountId account, AgentId agent, Fact fact);

    /// Records what the edge did. The stage completes when it is durable, with the fact's number.
    CompletionStage<Long> record(TenantId tenant, AccountId account, AgentId agent, Fact fact);
}
