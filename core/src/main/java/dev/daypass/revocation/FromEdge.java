package dev.daypass.revocation;

/// What an edge says to a broker. Each may be lost, come late, twice, or in another order.
public sealed interface FromEdge {
    Incarnation from();

    /// It wants to be a member: to be told everything and to be waited for.
    ///
    /// @param from who
    /// @param request told apart from its others by this number
    /// @param wallMillis its wall clock: it must hear of every account that this clock takes to be
    ///   inside its deadline
    record Join(Incarnation from, long request, long wallMillis) implements FromEdge {}

    /// It wants its lease renewed.
    ///
    /// @param from who
    /// @param request told apart from its others by this number
    /// @param applied the last fact that it has applied, and with it all before
    record Renew(Incarnation from, long request, long applied) implements FromEdge {}

    /// It has missed something.
    ///
    /// @param from who
    /// @param applied the last fact that it has applied
    record Missed(Incarnation from, long applied) implements FromEdge {}

    /// It has applied everything up to a fact: ended accounts are refused, their open calls are
    /// cut.
    ///
    /// @param from who
    /// @param applied that fact
    record Acknowledge(Incarnation from, long applied) implements FromEdge {}

    /// It has stopped serving and will not start again.
    ///
    /// @param from who
    record Leave(Incarnation from) implements FromEdge {}
}
