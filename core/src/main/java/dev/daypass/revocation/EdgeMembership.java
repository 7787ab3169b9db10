package dev.daypass.revocation;

import dev.daypass.revocation.ToEdge.Numbered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The edge's side of the lease: joins, follows the feed in order, asks for what it missed, renews
/// its lease, and knows at every moment whether it may serve.
///
/// It may serve until *the moment it sent the request to renew* + lease − margin on its own
/// monotonic clock, and only once it has applied all that had happened when the broker looked,
/// which is after the request had come. So whatever was revoked before the broker looked is refused
/// here, and whatever was revoked later is at most one lease old when this edge stops.
///
/// Told the time and what comes; sends through a port. Thread-safe; [#fresh] takes no lock.
///
/// @param <S> what an edge starts with
/// @param <F> what it hears afterwards
public final class EdgeMembership<S, F> {
    /// Ended accounts are forgotten so long after their deadline: a clock that is set back by less
    /// costs nothing.
    public static final long GRACE_MILLIS = 60_000;

    private static final int ASKED_MAX = 16;
    private static final int GRANTS_MAX = 16;

    private final LeaseTerms terms;
    private final Held<S, F> held;
    private final Supplier<Incarnation> lives;
    private final Consumer<FromEdge> broker;

    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final List<Granted> waiting = new ArrayList<>();
    private @Nullable Incarnation me;
    private boolean member;
    private long requests;
    private long sentNanos;
    private long sentMissedNanos;
    private boolean missing;
    private boolean left;
    private volatile long applied;
    private volatile @Nullable Lease lease;
    private volatile long completeFromMillis = Long.MAX_VALUE;

    /// A request that was not answered yet.
    private record Asked(long request, Lease.Asked at) {}

    /// A lease that can be taken once enough has been applied.
    private record Granted(Asked asked, long head) {}

    /// @param terms how long it may serve
    /// @param held what it keeps
    /// @param lives a new life each time, never the same
    /// @param broker where it sends to; may lose what it is given
    public EdgeMembership(
            LeaseTerms terms,
            Held<S, F> held,
            Supplier<Incarnation> lives,
            Consumer<FromEdge> broker) {
        this.terms = terms;
        this.held = held;
        this.lives = lives;
        this.broker = broker;
    }

    /// Whether it may serve now. An account that is not known to have ended may then be let in.
    public boolean fresh(long nanos, long wallMillis) {
        Lease now = lease;
        return now != null
                && !now.over(nanos)
                && !now.parted(nanos, wallMillis)
                && completeFromMillis <= wallMillis;
    }

    /// How much longer it may serve if it hears nothing; 0 where it may not.
    public long leaseLeftNanos(long nanos, long wallMillis) {
        Lease now = lease;
        return now == null || !fresh(nanos, wallMillis) ? 0 : now.leftNanos(nanos);
    }

    /// The last fact that was applied, and with it all before.
    public long applied() {
        return applied;
    }

    /// Who it is to its brokers now; `null` before it has begun to join.
    public synchronized @Nullable Incarnation incarnation() {
        return me;
    }

    /// Whether its life is one that brokers know, so that what it is sent is meant for it.
    public synchronized boolean member() {
        return member;
    }

    /// Does what is due. To be called often: at least ten times in a lease.
    public synchronized void tick(long nanos, long wallMillis) {
        if (left) {
            return;
        }
        if (member && wallMillis < completeFromMillis) {
            // The clock was set back: what was forgotten may be inside its deadline again.
            out();
        }
        Lease now = lease;
        boolean parted = member && now != null && now.parted(nanos, wallMillis);
        if (parted) {
            lease = null;
        }
        if (me == null) {
            me = lives.get();
            ask(nanos, wallMillis);
        } else if (parted || nanos - sentNanos >= terms.renewNanos()) {
            ask(nanos, wallMillis);
        }
        if (member) {
            forget(wallMillis);
            if (missing && nanos - sentMissedNanos >= terms.renewNanos() / 2) {
                askForMissed(nanos);
            }
        }
    }

    private void ask(long nanos, long wallMillis) {
        Incarnation from = me;
        if (from == null) {
            return;
        }
        long request = ++requests;
        sentNanos = nanos;
        if (asked.size() == ASKED_MAX) {
            asked.removeFirst();
        }
        asked.addLast(new Asked(request, new Lease.Asked(nanos, wallMillis)));
        broker.accept(
                member
                        ? new FromEdge.Renew(from, request, applied)
                        : new FromEdge.Join(from, request, wallMillis));
    }

    /// Takes what came from a broker, in whatever order it comes.
    public synchronized void hear(ToEdge<S, F> message, long nanos, long wallMillis) {
        if (left) {
            return;
        }
        switch (message) {
            case ToEdge.Joined<S, F> joined -> joined(joined, nanos, wallMillis);
            case ToEdge.News<S, F> news -> news(news, nanos);
            case ToEdge.Granted<S, F> granted -> granted(granted, nanos);
            case ToEdge.Unknown<S, F>(var to) -> {
                if (to.equals(me)) {
                    out();
                    tick(nanos, wallMillis);
                }
            }
        }
    }

    private void joined(ToEdge.Joined<S, F> joined, long nanos, long wallMillis) {
        Asked request = !member && joined.to().equals(me) ? answered(joined.request()) : null;
        if (request == null) {
            return;
        }
        held.begin(joined.snapshot());
        applied = joined.asOf();
        completeFromMillis = joined.completeFromMillis();
        member = true;
        missing = false;
        broker.accept(new FromEdge.Acknowledge(joined.to(), applied));
        // The snapshot was read after the request had come: it is as good as a renewal.
        take(request);
        ask(nanos, wallMillis);
    }

    private void news(ToEdge.News<S, F> news, long nanos) {
        Incarnation from = me;
        if (!member || from == null || news.upTo() <= applied) {
            return;
        }
        if (news.after() > applied) {
            if (!missing) {
                askForMissed(nanos);
            }
            return;
        }
        for (Numbered<F> fact : news.facts()) {
            if (fact.sequence() > applied) {
                held.apply(fact.fact());
                applied = fact.sequence();
            }
        }
        applied = news.upTo();
        missing = false;
        broker.accept(new FromEdge.Acknowledge(from, applied));
        takeWhatIsDue(nanos);
    }

    private void askForMissed(long nanos) {
        Incarnation from = me;
        if (from != null) {
            missing = true;
            sentMissedNanos = nanos;
            broker.accept(new FromEdge.Missed(from, applied));
        }
    }

    private void granted(ToEdge.Granted<S, F> granted, long nanos) {
        Asked request = member && granted.to().equals(me) ? answered(granted.request()) : null;
        if (request == null) {
            return;
        }
        if (waiting.size() == GRANTS_MAX) {
            waiting.removeFirst();
        }
        waiting.add(new Granted(request, granted.head()));
        takeWhatIsDue(nanos);
    }

    private void takeWhatIsDue(long nanos) {
        for (Iterator<Granted> each = waiting.iterator(); each.hasNext(); ) {
            Granted granted = each.next();
            if (granted.head() <= applied) {
                each.remove();
                take(granted.asked());
            }
        }
        if (!waiting.isEmpty() && !missing) {
            askForMissed(nanos);
        }
    }

    private void take(Asked request) {
        Lease now = lease;
        if (now == null || request.at().nanos() - now.asked().nanos() > 0) {
            lease = new Lease(request.at(), terms.servedNanos());
        }
    }

    private @Nullable Asked answered(long request) {
        for (Iterator<Asked> each = asked.iterator(); each.hasNext(); ) {
            Asked one = each.next();
            if (one.request() == request) {
                each.remove();
                return one;
            }
        }
        return null;
    }

    private void forget(long wallMillis) {
        long before = wallMillis - GRACE_MILLIS;
        if (before - completeFromMillis >= GRACE_MILLIS) {
            completeFromMillis = before;
            held.forgetBefore(before);
        }
    }

    /// It starts over with a new life. What it knows to have ended it goes on refusing.
    private void out() {
        Incarnation old = me;
        lease = null;
        member = false;
        me = null;
        if (old != null) {
            broker.accept(new FromEdge.Leave(old));
        }
        missing = false;
        asked.clear();
        waiting.clear();
    }

    /// It has stopped serving for good.
    public synchronized void leave() {
        Incarnation from = me;
        lease = null;
        left = true;
        if (from != null) {
            broker.accept(new FromEdge.Leave(from));
        }
    }
}
