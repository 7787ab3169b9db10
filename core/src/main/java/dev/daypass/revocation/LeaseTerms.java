package dev.daypass.revocation;

import java.time.Duration;

/// How long an edge may serve without hearing from a broker.
///
/// A broker waits the whole lease, on its own clock, before it takes an edge that it does not hear
/// to have stopped. The edge stops a margin before, on its own. While neither clock runs wrong by
/// more than half the margin's share of the lease, the edge has stopped when the broker believes
/// so.
///
/// @param leaseNanos from the moment that the request to renew was sent
/// @param marginNanos that an edge stops before
public record LeaseTerms(long leaseNanos, long marginNanos) {
    /// One part in so many of the lease is the margin: clocks may run wrong by 2.5 %.
    private static final int MARGIN = 20;

    /// So many times is a lease renewed before it runs out, if all goes well.
    private static final int RENEWED = 3;

    public LeaseTerms {
        if (marginNanos < 0 || leaseNanos <= marginNanos) {
            throw new IllegalArgumentException("a lease is longer than its margin");
        }
    }

    public static LeaseTerms of(Duration lease) {
        return new LeaseTerms(lease.toNanos(), lease.toNanos() / MARGIN);
    }

    /// How long an edge may serve.
    public long servedNanos() {
        return leaseNanos - marginNanos;
    }

    /// How long after one request to renew the next one is sent; and one that was not answered
    /// again.
    public long renewNanos() {
        return leaseNanos / RENEWED;
    }
}
