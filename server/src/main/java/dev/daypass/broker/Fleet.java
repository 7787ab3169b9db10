package dev.daypass.broker;

import dev.daypass.feed.LocalFeed;
import dev.daypass.feed.Snapshot;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.NewsFact;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.AwaitedEdges;
import dev.daypass.revocation.AwaitedEdges.Everywhere;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Gossip;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.Renewals;
import dev.daypass.revocation.Roll;
import dev.daypass.revocation.Roll.Member;
import dev.daypass.revocation.Roster;
import dev.daypass.revocation.ToEdge;
import dev.daypass.store.Change;
import dev.daypass.store.EdgeChange;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edges of this broker: the one in this process, which hears every fact before its writer is
/// told that it is durable, and those in other processes, which hold leases. Where several servers
/// share a database, what an edge acknowledges to one of them the others are told. Thread-safe.
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Store store;
    private final Minting time;
    private final LeaseTerms terms;
    private final Duration kept;
    private final int ownEdges;
    private final SnapshotOf snapshot;
    private final Presence presence;
    private final EdgeNews news;
    private final AwaitedEdges awaited;
    private final Roll roll;
    private final Roster members;
    private final Gossip gossip;
    private volatile Runnable twins = () -> {};
    private volatile long heard;

    /// @param terms of leases
    /// @param kept how long an account that ended is kept after its deadline
    /// @param ownEdge whether there is an edge in this process
    /// @param snapshot reads what an edge starts with
    /// @param presence this server among others
    record Terms(
            LeaseTerms terms,
            Duration kept,
            boolean ownEdge,
            SnapshotOf snapshot,
            Presence presence) {}

    private Fleet(Store store, Minting time, Terms terms) {
        this.store = store;
        this.time = time;
        this.terms = terms.terms();
        this.kept = terms.kept();
        this.snapshot = terms.snapshot();
        this.presence = terms.presence();
        this.ownEdges = terms.ownEdge() ? 1 : 0;
        this.news = new EdgeNews(store.head());
        this.awaited = new AwaitedEdges(terms.terms().leaseNanos());
        this.roll = new Roll(terms.terms().leaseNanos());
        this.members = new Roster(store.members());
        this.gossip = new Gossip(terms.terms().leaseNanos());
    }

    static Fleet of(Store store, LocalFeed feed, Minting time, Terms terms) {
        var fleet = new Fleet(store, time, terms);
        feed.subscribe(fleet::hear);
        feed.afterwards(fleet.news::tell);
        if (store.shared()) {
            feed.afterwards(fleet::tellHeard);
        }
        return fleet;
    }

    /// Has `told` know once an identity was taken away because two processes had it.
    void onTwins(Runnable told) {
        twins = told;
    }

    public LeaseTerms terms() {
        return terms;
    }

    /// Every fact, on the writer's thread, before whoever committed it is told. So what is known of
    /// members here is never older than a commit that was answered.
    private void hear(Recorded recorded) {
        heard = recorded.sequence();
        if (recorded.fact() instanceof Fact.EdgeChanged changed) {
            changed(changed);
        } else {
            news.take(recorded);
        }
    }

    private void changed(Fact.EdgeChanged changed) {
        String nonce = changed.detail();
        switch (changed.change()) {
            case EdgeChange.JOINED -> members.joined(life(changed, nonce));
            case EdgeChange.LEAVING -> members.leaving(life(changed, nonce));
            case EdgeChange.LEFT -> left(life(changed, nonce));
            case EdgeChange.REMOVED, EdgeChange.LOCKED -> members.leaving(changed.edge());
            default -> {}
        }
    }

    private static Incarnation life(Fact.EdgeChanged changed, @Nullable String nonce) {
        return new Incarnation(changed.edge(), nonce == null ? "" : nonce);
    }

    /// It has stopped, whichever server found that out: nothing waits for it any more.
    private void left(Incarnation life) {
        members.left(life);
        gossip.forget(life);
        awaited.struckOff(life, time.nanoTime());
    }

    /// Waits until every edge has applied a fact, or its lease has run out. To be called where the
    /// fact's commit was just answered.
    CompletionStage<Everywhere> everywhere(long sequence) {
        return awaited(sequence, life -> !Presence.servesNothing(life), ownEdges, (_, _) -> {});
    }

    /// The same for endings that somebody may ask about later: when each edge knew is recorded,
    /// with what is written next. What edge is in this process knew before anybody was answered.
    CompletionStage<Everywhere> everywhereOnRecord(long sequence) {
        return awaited(
                sequence,
                life -> !Presence.servesNothing(life),
                ownEdges,
                (all, known) -> record(sequence, all, known));
    }

    private void record(long sequence, Everywhere all, List<AwaitedEdges.Known> known) {
        if (known.isEmpty() && all.waitedOut() == 0) {
            return;
        }
        var edges =
                known.stream()
                        .map(one ->
                                new NewsFact.EdgesKnew.Edge(one.edge().edge(), one.nanos() / 1_000))
                        .toList();
        var fact = new NewsFact.EdgesKnew(sequence, edges, all.waitedOut(), all.nanos() / 1_000);
        store.note(new Change.OfEdge(new EdgeChange.Knew(fact)));
    }

    private CompletionStage<Everywhere> awaited(
            long sequence, Predicate<Incarnation> whom, int already, AwaitedEdges.Told onRecord) {
        var done = new CompletableFuture<Everywhere>();
        long now = time.nanoTime();
        List<Incarnation> others =
                members.lives().stream()
                        .filter(life -> whom.test(life) && !life.equals(presence.life()))
                        .toList();
        List<Incarnation> serving = others.stream().filter(life -> !lapsed(life, now)).toList();
        int stopped = others.size() - serving.size();
        awaited.awaitEach(
                sequence,
                now,
                serving,
                (awaited, known) -> {
                    var all = awaited.and(0, stopped);
                    onRecord.told(all, known);
                    done.complete(all.and(already, 0));
                });
        return done;
    }

    /// Whether its lease has run out for sure: nobody but this server could have renewed it.
    private boolean lapsed(Incarnation life, long now) {
        return !store.shared() && roll.lapsed(life, now);
    }

    /// Waits until every other server has heard what this one has, or has been silent for a lease.
    /// Not for the writer's thread.
    void awaitServers() {
        if (store.shared()) {
            awaited(heard, Presence::server, 0, (_, _) -> {}).toCompletableFuture().join();
        }
    }

    /// What another server says that a member has applied.
    public void said(String rumour) {
        try {
            Rumours.read(
                    rumour,
                    (member, applied) -> heardOf(new FromEdge.Acknowledge(member, applied)));
        } catch (WireException e) {
            LOG.debug("another server said what is not understood: {}", e.getMessage());
        }
    }

    /// Has the other servers know, unless they know already.
    private void tell(Incarnation member, long applied) {
        if (store.shared()
                && members.lives().stream().anyMatch(this::anotherServer)
                && gossip.due(member, applied, time.nanoTime())) {
            store.say(Rumours.of(member, applied));
        }
    }

    private boolean anotherServer(Incarnation member) {
        return Presence.server(member) && !member.equals(presence.life());
    }

    private void tellHeard() {
        Incarnation mine = presence.life();
        if (mine != null) {
            tell(mine, heard);
        }
    }

    /// The same of all that has happened until now.
    CompletionStage<Everywhere> everywhere() {
        return everywhere(news.head());
    }

    /// Takes an edge in, if it is registered.
    public ToEdge<Snapshot, Recorded> join(FromEdge.Join join) {
        roll.heard(join.from(), time.nanoTime());
        Outcome taken = join(store.commit(new Change.OfEdge(new EdgeChange.Join(join.from()))));
        if (taken instanceof Outcome.Applied(var _, var amount) && amount == EdgeChange.TWINS) {
            LOG.error(
                    "two processes use the identity of edge {} at once; neither is accepted any"
                            + " more. Find out whose the other is, then: daypass edge add {}",
                    join.from().edge(),
                    join.from().edge());
            twins.run();
            return new ToEdge.Unknown<>(join.from());
        }
        if (taken instanceof Outcome.NotApplied) {
            return new ToEdge.Unknown<>(join.from());
        }
        long asOf = news.head();
        long from =
                Renewals.completeFrom(
                        join.wallMillis(), time.now().toEpochMilli(), kept.toMillis());
        return new ToEdge.Joined<>(
                join.from(), join.request(), asOf, from, snapshot.of(Instant.ofEpochMilli(from)));
    }

    /// Reads what an edge starts with.
    @FunctionalInterface
    public interface SnapshotOf {
        /// @param endedFrom accounts that ended are in it if their deadline is no earlier
        Snapshot of(Instant endedFrom);
    }

    private static Outcome join(CompletionStage<Outcome> stage) {
        return stage.toCompletableFuture().join();
    }

    /// Answers once this server knows everything that was durable when it was asked, whichever
    /// server wrote it.
    ///
    /// @throws StoreUnavailable where edges do not hear what is committed
    public CompletionStage<ToEdge<Snapshot, Recorded>> renew(FromEdge.Renew renew) {
        if (!store.writing()) {
            throw new StoreUnavailable("the feed has stopped; leases are not renewed");
        }
        acknowledged(new FromEdge.Acknowledge(renew.from(), renew.applied()));
        return store.caughtUp()
                .thenApply(_ -> Renewals.answer(renew, members.renews(renew.from()), news.head()));
    }

    public ToEdge<Snapshot, Recorded> missed(FromEdge.Missed missed) {
        ToEdge.News<Snapshot, Recorded> since = news.after(missed.applied());
        // What is not known any more it gets by starting anew.
        return since == null ? new ToEdge.Unknown<>(missed.from()) : since;
    }

    public void acknowledged(FromEdge.Acknowledge acknowledge) {
        heardOf(acknowledge);
        if (members.has(acknowledge.from())) {
            tell(acknowledge.from(), acknowledge.applied());
        }
    }

    private void heardOf(FromEdge.Acknowledge acknowledge) {
        Incarnation from = acknowledge.from();
        if (members.has(from)) {
            roll.heard(from, time.nanoTime());
            awaited.acknowledged(from, acknowledge.applied(), time.nanoTime());
        }
    }

    public void left(FromEdge.Leave leave) {
        awaited.left(leave.from(), time.nanoTime());
        store.commit(new Change.OfEdge(new EdgeChange.Strike(leave.from())));
    }

    /// Has `told` hear everything that concerns edges, on the writer's thread.
    ///
    /// @return stops it
    public Runnable follow(Consumer<ToEdge.News<Snapshot, Recorded>> told) {
        return news.follow(told);
    }

    /// What an edge that follows from `applied` on has missed before.
    public ToEdge.@Nullable News<Snapshot, Recorded> since(long applied) {
        return news.after(applied);
    }

    /// A member, with the last fact that it has applied; -1 if nothing is known.
    ///
    /// @param member which
    /// @param applied that fact
    public record Standing(Member member, long applied) {
        /// Whether it is a server that shares the database, not an edge.
        public boolean server() {
            return Presence.server(member.life());
        }
    }

    public List<Standing> members() {
        return members.members().stream()
                .map(m ->
                        new Standing(
                                m,
                                m.life().equals(presence.life())
                                        ? heard
                                        : awaited.applied(m.life())))
                .toList();
    }

    /// Takes its place among the servers of one database, before anybody is served.
    public void takeUp() {
        presence.take();
    }

    /// This server is no member any more; its edge has stopped.
    public void leave() {
        presence.leave();
    }

    /// Does what is due; to be called many times in a lease.
    public void tick() {
        long now = time.nanoTime();
        awaited.tick(now);
        presence.tick(members::renews, this::tellHeard);
        Incarnation mine = presence.life();
        if (mine != null) {
            roll.heard(mine, now);
        }
        if (!presence.holds()) {
            return; // it hears nothing itself
        }
        // Read first, then the clock: a mark that is newer than the time would count from too
        // early.
        List<Roll.Member> all = members.members();
        Roll.Due due = roll.call(all, time.nanoTime());
        due.mark()
                .forEach(life -> {
                    LOG.warn("edge {} is silent; its lease is not renewed any more", life);
                    store.commit(new Change.OfEdge(new EdgeChange.Mark(life)));
                });
        due.strike()
                .forEach(life -> {
                    awaited.struckOff(life, now);
                    store.commit(new Change.OfEdge(new EdgeChange.Strike(life)));
                });
    }
}
