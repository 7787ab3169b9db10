package dev.daypass.broker;

import dev.daypass.revocation.AwaitedEdges.Everywhere;
import org.jspecify.annotations.Nullable;

/// What became of a wish to end accounts. When it is answered, no edge serves them any more.
///
/// @param accounts how many ended; 0 where they had before
/// @param refused why not; `null` where there was nothing to refuse
/// @param edges how many edges said that they know, and how many leases were waited out
/// @param fact its last fact; 0 for none
public record Revoked(long accounts, @Nullable Refusal refused, Everywhere edges, long fact) {
    private static final Everywhere NOBODY = new Everywhere(0, 0, 0);

    static Revoked refused(Refusal why) {
        return new Revoked(0, why, NOBODY, 0);
    }

    /// Two in a row.
    Revoked and(Revoked next) {
        return new Revoked(
                accounts + next.accounts,
                refused == null ? next.refused : refused,
                new Everywhere(
                        Math.max(edges.acknowledged(), next.edges.acknowledged()),
                        Math.max(edges.waitedOut(), next.edges.waitedOut()),
                        edges.nanos() + next.edges.nanos()),
                Math.max(fact, next.fact));
    }
}
