package dev.daypass.revocation;

import java.util.ArrayList;
import java.util.List;

/// What a broker says to an edge. Each may be lost, come late, twice, or in another order.
///
/// @param <S> what an edge starts with
/// @param <F> what it hears afterwards
public sealed interface ToEdge<S, F> {
    /// It is a member.
    ///
    /// @param to who
    /// @param request that is answered
    /// @param asOf the last fact that the snapshot holds; read after the membership was durable
    /// @param completeFromMillis accounts that ended are in it if their deadline is no earlier
    /// @param snapshot what it starts with
    record Joined<S, F>(
            Incarnation to, long request, long asOf, long completeFromMillis, S snapshot)
            implements ToEdge<S, F> {}

    /// What happened: everything that concerns edges after one fact and up to another.
    ///
    /// @param after the fact before the first of these
    /// @param upTo the last fact that this speaks of
    /// @param facts those that concern edges, in order; perhaps none
    record News<S, F>(long after, long upTo, List<Numbered<F>> facts) implements ToEdge<S, F> {
        public News {
            facts = List.copyOf(facts);
        }

        /// Several in a row as one.
        ///
        /// @param row at least one; each begins where the one before it ends
        public static <S, F> News<S, F> together(List<News<S, F>> row) {
            if (row.size() == 1) {
                return row.getFirst();
            }
            var facts = new ArrayList<Numbered<F>>();
            row.forEach(one -> facts.addAll(one.facts()));
            return new News<>(row.getFirst().after(), row.getLast().upTo(), facts);
        }
    }

    /// Its lease is renewed, as soon as it has applied what had happened when the broker looked.
    ///
    /// @param to who
    /// @param request that is answered
    /// @param head the last fact that concerns edges, read after the request had come
    record Granted<S, F>(Incarnation to, long request, long head) implements ToEdge<S, F> {}

    /// It is no member, or no longer.
    ///
    /// @param to who
    record Unknown<S, F>(Incarnation to) implements ToEdge<S, F> {}

    /// A fact and its place in the ledger.
    ///
    /// @param sequence its place
    /// @param fact what happened
    /// @param <F> what is heard
    record Numbered<F>(long sequence, F fact) {}
}
