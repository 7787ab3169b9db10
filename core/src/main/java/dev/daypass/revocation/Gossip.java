package dev.daypass.revocation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a broker tells the other brokers of those it hears: how far each has applied the ledger, as
/// soon as that is further than they were told, and that it is there, twice in a lease. What is
/// lost costs a lease, or a life; never more. Told the time. Thread-safe.
public final class Gossip {
    private static final int TOLD_IN_A_LEASE = 2;

    private final long leaseNanos;
    private final Map<Incarnation, Told> told = new ConcurrentHashMap<>();

    /// When others were last told of a member, and how far it was then.
    private record Told(long applied, long nanos) {}

    /// @param leaseNanos how long a lease is
    public Gossip(long leaseNanos) {
        this.leaseNanos = leaseNanos;
    }

    /// Whether the others are to be told of a member now; then it counts as told.
    public boolean due(Incarnation member, long applied, long nanos) {
        Told before = told.get(member);
        if (before != null
                && before.applied() >= applied
                && nanos - before.nanos() <= leaseNanos / TOLD_IN_A_LEASE) {
            return false;
        }
        told.put(member, new Told(applied, nanos));
        return true;
    }

    /// A member is none any more.
    public void forget(Incarnation member) {
        told.remove(member);
    }
}
