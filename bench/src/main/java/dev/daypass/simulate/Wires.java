package dev.daypass.simulate;

import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.ToEdge;
import dev.daypass.simulate.SimStore.Ended;
import java.util.List;

/// How a broker reaches the others. What it sends may be lost.
interface Wires {
    void toEdge(String edge, ToEdge<List<Ended>, Ended> message);

    /// To those that follow this broker.
    void toFollowers(ToEdge<List<Ended>, Ended> message);

    /// Tells the other servers how far a member has applied the ledger.
    void gossip(Incarnation member, long applied);

    /// Has the other servers look into the store.
    void written();
}
