package dev.daypass.revocation;

import org.jspecify.annotations.Nullable;

/// The lease on which the edge inside a server serves where several servers share a store. It is
/// taken by joining as a member, and renewed by looking at the store: the server then knows all
/// that was durable when it began to look, and so the lease counts from there.
///
/// Told the time and what came of it. Thread-safe; [#holds] takes no lock.
public final class ServerLease {
    private static final int LOOKS_IN_A_LEASE = 5;

    private final LeaseTerms terms;
    private boolean asking;
    private boolean left;
    private long next;
    private volatile @Nullable Incarnation life;
    private volatile long until;

    /// @param terms how long it may serve
    /// @param nanos now; it serves nothing yet
    public ServerLease(LeaseTerms terms, long nanos) {
        this.terms = terms;
        this.until = nanos;
        this.next = nanos;
    }

    /// What is due.
    public sealed interface Due {
        record Nothing() implements Due {}

        /// To join with a new life.
        ///
        /// @param asked when that was due
        record Join(long asked) implements Due {}

        /// To look at the store.
        ///
        /// @param life of the server that looks
        /// @param asked when that was due
        record Look(Incarnation life, long asked) implements Due {}
    }

    /// The life of this server; `null` while it is no member.
    public @Nullable Incarnation life() {
        return life;
    }

    /// Whether the edge in this process may serve.
    public boolean holds(long nanos) {
        return until - nanos > 0;
    }

    /// One thing at a time: nothing more is due before it was said what came of the last.
    public synchronized Due due(long nanos) {
        if (left || asking || nanos - next < 0) {
            return new Due.Nothing();
        }
        asking = true;
        next = nanos + terms.leaseNanos() / LOOKS_IN_A_LEASE;
        Incarnation mine = life;
        return mine == null ? new Due.Join(nanos) : new Due.Look(mine, nanos);
    }

    /// It is a member, and knows all that was durable when that was due.
    public synchronized void joined(Due.Join join, Incarnation as) {
        asking = false;
        if (!left) {
            life = as;
            until = join.asked() + terms.servedNanos();
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
            until = look.asked() + terms.servedNanos();
        } else {
            life = null;
            next = look.asked();
        }
    }

    /// It could not join, or could not look.
    public synchronized void failed() {
        asking = false;
    }

    /// It serves nothing any more.
    ///
    /// @return who it was; `null` where it was no member
    public synchronized @Nullable Incarnation leave(long nanos) {
        left = true;
        until = nanos;
        return life;
    }
}
