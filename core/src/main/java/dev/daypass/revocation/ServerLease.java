package dev.daypass.revocation;

import org.jspecify.annotations.Nullable;

/// The lease on which the edge inside a server serves where several servers share a store. It is
/// taken by joining as a member, and renewed by looking at the store: the server then knows all
/// that was durable when it began to look, and so the lease counts from there. Where the machine's
/// two clocks part, it is over, as an edge's elsewhere is.
///
/// Told the time and what came of it. Thread-safe; [#holds] takes no lock.
public final class ServerLease {
    private static final int LOOKS_IN_A_LEASE = 5;

    private final LeaseTerms terms;
    private boolean asking;
    private boolean left;
    private long next;
    private volatile @Nullable Incarnation life;
    private volatile @Nullable Lease lease;

    /// @param terms how long it may serve
    /// @param nanos now; it serves nothing yet
    public ServerLease(LeaseTerms terms, long nanos) {
        this.terms = terms;
        this.next = nanos;
    }

    /// A moment by both clocks of this machine.
    ///
    /// @param nanos on the monotonic clock
    /// @param wallMillis on the wall clock
    public record Asked(long nanos, long wallMillis) {}

    /// What is due.
    public sealed interface Due {
        record Nothing() implements Due {}

        /// To join with a new life.
        ///
        /// @param asked when that was due
        record Join(Asked asked) implements Due {}

        /// To look at the store.
        ///
        /// @param life of the server that looks
        /// @param asked when that was due
        record Look(Incarnation life, Asked asked) implements Due {}
    }

    /// The life of this server; `null` while it is no member.
    public @Nullable Incarnation life() {
        return life;
    }

    /// Whether the edge in this process may serve.
    public boolean holds(long nanos, long wallMillis) {
        Lease now = lease;
        return now != null && !now.over(nanos) && !now.parted(nanos, wallMillis);
    }

    /// One thing at a time: nothing more is due before it was said what came of the last.
    public synchronized Due due(long nanos, long wallMillis) {
        Lease now = lease;
        if (now != null && now.parted(nanos, wallMillis)) {
            lease = null;
            next = nanos;
        }
        if (left || asking || nanos - next < 0) {
            return new Due.Nothing();
        }
        asking = true;
        next = nanos + terms.leaseNanos() / LOOKS_IN_A_LEASE;
        var asked = new Asked(nanos, wallMillis);
        Incarnation mine = life;
        return mine == null ? new Due.Join(asked) : new Due.Look(mine, asked);
    }

    /// It is a member, and knows all that was durable when that was due.
    public synchronized void joined(Due.Join join, Incarnation as) {
        asking = false;
        if (!left) {
            life = as;
            take(join.asked());
        }
    }

    /// It knows all that was durable when it began to look.
    ///
    /// @param renewed whether it is a member then that is not told to leave; if not, it joins anew
    public synchronized void looked(Due.Look look, boolean renewed) {
        asking = false;
        if (left) {
            return;
        }
        if (renewed) {
            take(look.asked());
        } else {
            life = null;
            next = look.asked().nanos();
        }
    }

    private void take(Asked asked) {
        lease = new Lease(new Lease.Asked(asked.nanos(), asked.wallMillis()), terms.servedNanos());
    }

    /// It could not join, or could not look.
    public synchronized void failed() {
        asking = false;
    }

    /// It serves nothing any more.
    ///
    /// @return who it was; `null` where it was no member
    public synchronized @Nullable Incarnation leave() {
        left = true;
        lease = null;
        return life;
    }
}
