package dev.daypass.store;

import dev.daypass.ledger.NewsFact;
import dev.daypass.revocation.Incarnation;
import java.time.Instant;

/// A change that concerns edges in other processes.
public sealed interface EdgeChange {
    /// What the facts call these changes.
    String ADDED = "added";

    String ENROLLED = "enrolled";
    String RENEWED = "renewed";
    String REMOVED = "removed";
    String JOINED = "joined";
    String LEAVING = "leaving";
    String LEFT = "left";
    String LOCKED = "locked";

    /// The outcome's amount where a life did not join because two processes have its identity.
    long TWINS = -1;

    /// Names of servers among the members begin so; what follows was never used before.
    String SERVER = "broker-";

    /// Registers an edge, or gives a registered one a new enrolment token.
    ///
    /// @param edge the edge
    /// @param enrolmentHash SHA-256 of its enrolment token
    /// @param enrolmentUntil when that token ends
    record Add(StoredEdge edge, Sealed enrolmentHash, Instant enrolmentUntil)
            implements EdgeChange {}

    /// Uses an enrolment token up. Applies once, and only before the token ends.
    ///
    /// @param name the edge
    /// @param enrolmentHash SHA-256 of the token that was shown
    /// @param now the time to judge it by
    /// @param thumbprint `x5t#S256` of the new certificate
    record Enrol(String name, Sealed enrolmentHash, Instant now, String thumbprint)
            implements EdgeChange {}

    /// Puts a certificate in the place of the one before, which counts no more. Applies once.
    ///
    /// @param name the edge
    /// @param from `x5t#S256` of the one before
    /// @param to of the new one
    record Renew(String name, String from, String to) implements EdgeChange {}

    /// Takes an edge away. Its lives are marked as leaving.
    ///
    /// @param name the edge
    record Remove(String name) implements EdgeChange {}

    /// Takes a life of an enrolled edge in. Its earlier lives are marked as leaving. Does not apply
    /// to one that is leaving. Where it shows that two processes have one identity, that is taken
    /// from both: its certificate counts no more, its lives are marked as leaving, and the amount
    /// is [#TWINS].
    ///
    /// @param life which
    record Join(Incarnation life) implements EdgeChange {}

    /// Marks a life as leaving: its lease is not renewed any more.
    ///
    /// @param life which
    record Mark(Incarnation life) implements EdgeChange {}

    /// Records when edges knew of endings.
    ///
    /// @param fact what is recorded
    record Knew(NewsFact.EdgesKnew fact) implements EdgeChange {}

    /// Strikes a life off: nothing waits for it any more.
    ///
    /// @param life which
    record Strike(Incarnation life) implements EdgeChange {}
}
