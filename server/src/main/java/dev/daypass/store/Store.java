package dev.daypass.store;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.revocation.Roll;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Facts and state, durable together. One writer; reading never waits for it.
public interface Store extends AutoCloseable {
    /// Commits a change. The stage completes after it is durable and after the feed has it, on the
    /// writer's thread. It fails with [StoreUnavailable] if nothing can be made durable now; an
    /// ending still finds room when the queue is full of everything else.
    CompletionStage<Outcome> commit(Change change);

    /// Commits a fact that nobody waits for, at most [#NOTE_MILLIS] and one commit later: such
    /// facts share their flushes.
    void note(Change note);

    /// How long a note may wait for others, milliseconds.
    int NOTE_MILLIS = 10;

    /// Whether the writer lives, and what it commits is heard by every edge.
    boolean writing();

    /// Whether what happens now would find room in the writer's queue.
    boolean roomy();

    /// Whether other servers may write the same facts and state.
    boolean shared();

    /// Completes once the feed has heard everything that was durable when this was asked, whoever
    /// wrote it. Fails with [StoreUnavailable] if that cannot be known now.
    CompletionStage<Outcome> caughtUp();

    /// Says something to the other servers of a shared database. It may be lost.
    void say(String message);

    List<StoredAgent> agents();

    /// The last fact; 0 where there is none.
    long head();

    /// Edges in other processes.
    List<StoredEdge> edges();

    /// The lives of edges that revocations wait for.
    List<Roll.Member> members();

    List<StoredService> services();

    /// The rule file in force; empty for none.
    String rules(TenantId tenant);

    Optional<StoredAccount> account(AccountId id);

    /// The tries to widen an account, in order: of each, the newest fact about it.
    List<StoredFact> widenings(AccountId account);

    /// What happened to an account besides its calls, in order: asked for, opened, widened or not,
    /// ended.
    ///
    /// @param after only what has a greater sequence number
    /// @param limit 1 to 1,000
    List<StoredFact> changes(AccountId account, long after, int limit);

    /// What operators said of operations, whether or not these exist.
    List<Correction> corrections();

    /// Tools of MCP servers that wait for an operator.
    List<ToolChange> toolChanges();

    /// The newest accounts first. An account whose widening waits for a human counts as one that
    /// waits, too.
    ///
    /// @param filter which
    /// @param limit 1 to 1,000
    List<StoredAccount> accounts(AccountFilter filter, int limit);

    /// Accounts that have not ended, by id, page by page.
    ///
    /// @param after the last one of the page before, or `null`
    /// @param limit 1 to 1,000
    List<StoredAccount> living(TenantId tenant, @Nullable AccountId after, int limit);

    /// Those of them that live only while somebody renews their lease.
    List<StoredAccount> leased(TenantId tenant, @Nullable AccountId after, int limit);

    /// As [#living], without what each was opened with: a million are read in seconds.
    List<LivingAccount> livingBriefly(TenantId tenant, @Nullable AccountId after, int limit);

    /// Accounts whose time is up and that were not ended yet.
    List<StoredAccount> overdue(Instant now, int limit);

    /// Accounts that ended before their deadline, for edges that join.
    List<StoredAccount> endedBeforeDeadline(Instant now);

    /// Calls by agent, service and day.
    List<UsageRow> usage(TenantId tenant);

    /// Facts in order, each with its leaf of the tree.
    ///
    /// @param from first sequence number
    /// @param limit 1 to 10,000
    List<StoredFact> facts(long from, int limit);

    /// What is kept for who is neither agent nor edge.
    Outward outward();

    /// The tree over the facts.
    LedgerTree ledger();

    /// All facts of an account, in order.
    ///
    /// @param after only what has a greater sequence number
    List<StoredFact> factsOf(AccountId account, long after, int limit);

    /// Destroys the keys of ended accounts, and what the database still has of them anywhere. Not
    /// for the writer's thread.
    ///
    /// @return how many accounts had something to destroy
    long shred(Change.Shred shred);

    /// Accounts of a user that were not shredded.
    List<AccountId> accountsOf(UserId user);

    /// Accounts that opened before and were not shredded, the oldest first.
    List<AccountId> readableBefore(Instant opened, int limit);

    /// When the last fact was recorded; the epoch where there is none.
    Instant lastFactTime();

    /// Removes ended accounts whose deadline has passed, some at a time. Not for the writer's
    /// thread.
    ///
    /// @param openedBefore only those opened before
    /// @param limit how many at most
    /// @return how many
    int forget(Instant openedBefore, int limit);

    @Override
    void close();
}
