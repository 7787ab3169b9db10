package dev.daypass.revocation;

/// Whether a broker renews a lease. A broker keeps nothing for it: any broker may answer, and one
/// that was just started as well.
public final class Renewals {
    private Renewals() {}

    /// @param renew what was asked
    /// @param member whether it is one that is not leaving, as read after that had come
    /// @param head the last fact that concerns edges, read from the store after that had come
    public static <S, F> ToEdge<S, F> answer(FromEdge.Renew renew, boolean member, long head) {
        return member
                ? new ToEdge.Granted<>(renew.from(), renew.request(), head)
                : new ToEdge.Unknown<>(renew.from());
    }

    /// From which deadline on a joining edge is told of accounts that ended: no later than what its
    /// clock or the broker's takes to be now, but no earlier than what the store still has.
    ///
    /// @param edgeMillis the edge's wall clock
    /// @param brokerMillis the broker's
    /// @param keptMillis how long an account that ended is kept after its deadline
    public static long completeFrom(long edgeMillis, long brokerMillis, long keptMillis) {
        return Math.max(Math.min(edgeMillis, brokerMillis), brokerMillis - keptMillis);
    }
}
