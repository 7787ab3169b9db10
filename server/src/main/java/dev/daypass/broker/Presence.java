package dev.daypass.broker;

import dev.daypass.feed.Moment;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.ServerLease;
import dev.daypass.store.Change;
import dev.daypass.store.EdgeChange;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This server as a member among those that share its database, as edges elsewhere are members: the
/// edge in this process serves on a lease that is renewed by looking at the database, and counts
/// from before the look. So another server that ends an account waits for this one, or for its
/// lease. Where nobody shares the database, it always holds. Thread-safe.
final class Presence {
    /// Names of servers among the members begin so.
    static final String PREFIX = EdgeChange.SERVER;

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final String WITH_EDGE = PREFIX + "edge-";
    private static final int NAME_BYTES = 8;

    private final Store store;
    private final Minting time;
    private final long leaseNanos;
    private final String name;
    private final LastLife lastLife;
    private final ServerLease lease;
    private final CompletableFuture<Boolean> taken = new CompletableFuture<>();

    /// @param ownEdge whether there is an edge in this process
    /// @param lastLife who this server was when it ran last
    Presence(Store store, Minting time, LeaseTerms terms, boolean ownEdge, LastLife lastLife) {
        this.store = store;
        this.lastLife = lastLife;
        this.time = time;
        this.leaseNanos = terms.leaseNanos();
        this.name =
                (ownEdge ? WITH_EDGE : PREFIX)
                        + HexFormat.of().formatHex(time.randomBytes(NAME_BYTES));
        this.lease = new ServerLease(terms, time.nanoTime());
    }

    /// Whether a member is a server, with or without an edge in it.
    static boolean server(Incarnation member) {
        return member.edge().startsWith(PREFIX);
    }

    /// Whether nothing is served there: revocations need not wait for it.
    static boolean servesNothing(Incarnation member) {
        return server(member) && !member.edge().startsWith(WITH_EDGE);
    }

    /// The life of this server; `null` while it is no member.
    @Nullable Incarnation life() {
        return lease.life();
    }

    /// Whether the edge in this process may serve.
    boolean holds() {
        if (!store.shared()) {
            return true;
        }
        Moment now = now();
        return lease.holds(now.nanos(), now.wallMillis());
    }

    private Moment now() {
        return Moment.now(time::nanoTime, time::now);
    }

    /// Renews what is due.
    ///
    /// @param member whether this life is a member that is not told to leave, as of now
    /// @param looked told when this server knows what was durable a moment ago
    void tick(Predicate<Incarnation> member, Runnable looked) {
        if (!store.shared()) {
            return;
        }
        Moment now = now();
        switch (lease.due(now.nanos(), now.wallMillis())) {
            case ServerLease.Due.Nothing() -> {}
            case ServerLease.Due.Join join -> join(join);
            case ServerLease.Due.Look look ->
                    store.caughtUp()
                            .whenComplete((_, failure) -> {
                                if (failure == null) {
                                    looked(look, member.test(look.life()), looked);
                                } else {
                                    lease.failed();
                                }
                            });
        }
    }

    private void looked(ServerLease.Due.Look look, boolean renewed, Runnable looked) {
        lease.looked(look, renewed);
        if (renewed) {
            taken.complete(true);
            looked.run();
        } else {
            LOG.warn("this server was silent for too long; it joins the others anew");
        }
    }

    private void join(ServerLease.Due.Join join) {
        var candidate =
                new Incarnation(name, HexFormat.of().formatHex(time.randomBytes(NAME_BYTES)));
        store.commit(new Change.OfEdge(new EdgeChange.Join(candidate)))
                .whenComplete((outcome, failure) -> {
                    if (failure == null && outcome instanceof Outcome.Applied) {
                        lease.joined(join, candidate);
                        taken.complete(true);
                        succeed(candidate);
                    } else {
                        lease.failed();
                    }
                });
    }

    /// Has the life before this one be waited for no longer than a lease. It is only marked: where
    /// the data directory is a copy, its server may still run, and joins anew.
    private void succeed(Incarnation mine) {
        Incarnation before = lastLife.read();
        lastLife.write(mine);
        if (before != null && server(before)) {
            store.commit(new Change.OfEdge(new EdgeChange.Mark(before)));
        }
    }

    /// Takes the first lease, and returns with it; without it after as long as one lasts, and then
    /// goes on trying.
    void take() {
        if (store.shared()) {
            tick(_ -> true, () -> {});
            taken.completeOnTimeout(false, leaseNanos, TimeUnit.NANOSECONDS).join();
        }
    }

    /// Stops serving and says so, as the last thing that is committed here.
    void leave() {
        Incarnation mine = lease.leave();
        if (mine == null) {
            return;
        }
        try {
            store.commit(new Change.OfEdge(new EdgeChange.Strike(mine)))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            LOG.debug("leaving: {}", e.getMessage());
        }
    }
}
