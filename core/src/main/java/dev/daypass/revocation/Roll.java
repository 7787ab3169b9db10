package dev.daypass.revocation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls the roll: edges that have not been heard for long are taken off the list of members, so
/// that no revocation waits for them for ever.
///
/// It takes two steps. A member that is silent is marked as leaving, after which no broker renews
/// its lease. A whole lease after this broker first saw the mark, the edge has stopped, and only
/// then is it struck off: until that moment every revocation still waits for it.
///
/// Who did not call for a while was deaf as well: it begins to listen anew, and takes nobody to be
/// silent whom it could not hear.
///
/// Told the time. Thread-safe.
public final class Roll {
    /// An edge is silent after so many leases: it has not served for one of them.
    public static final int SILENT_LEASES = 2;

    private static final int DEAF = 2; // after one in so many parts of a lease

    private final long leaseNanos;
    private final Map<Incarnation, Long> heard = new HashMap<>();
    private final Map<Incarnation, Long> leaving = new HashMap<>();
    private @Nullable Long called;

    /// @param leaseNanos how long a lease is
    public Roll(long leaseNanos) {
        this.leaseNanos = leaseNanos;
    }

    /// A member, as the store has it.
    ///
    /// @param life which
    /// @param leaving whether its lease is not renewed any more
    public record Member(Incarnation life, boolean leaving) {}

    /// What is to be done about members.
    ///
    /// @param mark those to be marked as leaving
    /// @param strike those to be struck off
    public record Due(List<Incarnation> mark, List<Incarnation> strike) {
        public Due {
            mark = List.copyOf(mark);
            strike = List.copyOf(strike);
        }
    }

    /// Something came from an edge.
    public synchronized void heard(Incarnation from, long nanos) {
        heard.merge(from, nanos, Roll::later);
    }

    /// Whether nothing came from an edge for a whole lease, as far as this broker knows. Where no
    /// other broker could have renewed its lease, it has stopped: the lease counts from before what
    /// came last.
    public synchronized boolean lapsed(Incarnation life, long nanos) {
        return over(heard, life, leaseNanos, nanos);
    }

    /// @param members as read from the store
    public synchronized Due call(Collection<Member> members, long nanos) {
        List<Incarnation> lives = members.stream().map(Member::life).toList();
        heard.keySet().retainAll(lives);
        leaving.keySet().retainAll(lives);
        Long before = called;
        called = nanos;
        if (before != null && nanos - before > leaseNanos / DEAF) {
            heard.replaceAll((_, was) -> later(was, nanos));
        }
        return new Due(
                members.stream()
                        .filter(member -> !member.leaving())
                        .map(Member::life)
                        .filter(life -> over(heard, life, SILENT_LEASES * leaseNanos, nanos))
                        .toList(),
                members.stream()
                        .filter(Member::leaving)
                        .map(Member::life)
                        .filter(life -> over(leaving, life, leaseNanos, nanos))
                        .toList());
    }

    /// Two threads may come in another order than they looked at the clock.
    private static long later(long one, long other) {
        return other - one > 0 ? other : one;
    }

    private static boolean over(
            Map<Incarnation, Long> since, Incarnation life, long forNanos, long nanos) {
        Long first = since.putIfAbsent(life, nanos);
        return first != null && nanos - first >= forNanos;
    }
}
