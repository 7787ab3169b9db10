package dev.daypass.revocation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The broker's side of a revocation: which edges have yet to acknowledge it, and until when they
/// are waited for.
///
/// Once a whole lease has passed since the revocation was durable, no edge serves on a lease that
/// was granted without it. Until then each member, as read from the store after the revocation was
/// durable, is waited for: an edge that is not among them joins later and starts with it.
///
/// Told the time. Thread-safe.
public final class AwaitedEdges {
    private final long leaseNanos;
    private final Map<Incarnation, Edge> edges = new HashMap<>();
    private final ArrayDeque<Pending> byTime = new ArrayDeque<>();

    /// What a revocation came to.
    ///
    /// @param acknowledged how many edges said that they have applied it
    /// @param waitedOut how many leases had to run out, or had
    /// @param nanos since it was durable
    public record Everywhere(int acknowledged, int waitedOut, long nanos) {
        /// With edges that were known to know, and leases that had run out, before anybody waited.
        public Everywhere and(int knew, int stopped) {
            return new Everywhere(acknowledged + knew, waitedOut + stopped, nanos);
        }
    }

    /// That an edge said that it has applied a revocation.
    ///
    /// @param edge which
    /// @param nanos since the revocation was durable
    public record Known(Incarnation edge, long nanos) {}

    /// Told what a revocation came to.
    @FunctionalInterface
    public interface Told {
        /// @param known which edges said so, in the order in which they did
        void told(Everywhere everywhere, List<Known> known);
    }

    private static final class Edge {
        private final PriorityQueue<Pending> waiting =
                new PriorityQueue<>(Comparator.comparingLong((Pending p) -> p.sequence));
        private long applied;
    }

    private static final class Pending {
        private final long sequence;
        private final long sinceNanos;
        private final Told told;
        private final List<Known> known = new ArrayList<>();
        private int waitedOut;
        private int missing;
        private boolean done;

        Pending(long sequence, long sinceNanos, Told told) {
            this.sequence = sequence;
            this.sinceNanos = sinceNanos;
            this.told = told;
        }

        void acknowledge(Incarnation edge, long nanos) {
            known.add(new Known(edge, nanos - sinceNanos));
            oneLess(nanos);
        }

        void waitOut(long nanos) {
            waitedOut++;
            oneLess(nanos);
        }

        private void oneLess(long nanos) {
            missing--;
            if (missing == 0) {
                finish(nanos);
            }
        }

        void finish(long nanos) {
            done = true;
            told.told(
                    new Everywhere(known.size(), waitedOut + missing, nanos - sinceNanos),
                    List.copyOf(known));
        }
    }

    /// @param leaseNanos how long a lease is
    public AwaitedEdges(long leaseNanos) {
        this.leaseNanos = leaseNanos;
    }

    /// Waits for the edges. `told` is called once, perhaps before this returns.
    ///
    /// @param sequence of the revocation's last fact
    /// @param durableNanos when it was known to be durable
    /// @param members read from the store after that
    public void await(
            long sequence,
            long durableNanos,
            Collection<Incarnation> members,
            Consumer<Everywhere> told) {
        awaitEach(sequence, durableNanos, members, (all, _) -> told.accept(all));
    }

    /// The same, told of each edge.
    public synchronized void awaitEach(
            long sequence, long durableNanos, Collection<Incarnation> members, Told told) {
        var pending = new Pending(sequence, durableNanos, told);
        for (Incarnation member : members) {
            Edge edge = edges.computeIfAbsent(member, _ -> new Edge());
            if (edge.applied >= sequence) {
                pending.known.add(new Known(member, 0));
            } else {
                pending.missing++;
                edge.waiting.add(pending);
            }
        }
        if (pending.missing == 0) {
            pending.finish(durableNanos);
        } else {
            byTime.add(pending);
        }
    }

    /// An edge has applied everything up to a fact.
    public synchronized void acknowledged(Incarnation from, long applied, long nanos) {
        Edge edge = edges.computeIfAbsent(from, _ -> new Edge());
        edge.applied = Math.max(edge.applied, applied);
        for (Pending next = edge.waiting.peek();
                next != null && next.sequence <= edge.applied;
                next = edge.waiting.peek()) {
            edge.waiting.remove();
            next.acknowledge(from, nanos);
        }
    }

    /// An edge has said that it has stopped: nobody waits for it any more.
    public synchronized void left(Incarnation life, long nanos) {
        acknowledged(life, Long.MAX_VALUE, nanos);
        edges.remove(life);
    }

    /// An edge was struck off, after its lease had run out.
    public synchronized void struckOff(Incarnation life, long nanos) {
        Edge edge = edges.remove(life);
        if (edge != null) {
            edge.waiting.forEach(pending -> pending.waitOut(nanos));
        }
    }

    /// The last fact that an edge is known to have applied; -1 if nothing is known of it.
    public synchronized long applied(Incarnation of) {
        Edge edge = edges.get(of);
        return edge == null ? -1 : edge.applied;
    }

    /// Answers those that have waited for a whole lease.
    ///
    /// @return when the next one has; `null` if none waits
    public synchronized @Nullable Long tick(long nanos) {
        while (true) {
            Pending first = byTime.peek();
            if (first == null) {
                return null;
            }
            if (!first.done && nanos - first.sinceNanos < leaseNanos) {
                return first.sinceNanos + leaseNanos;
            }
            byTime.remove();
            if (!first.done) {
                edges.values().forEach(edge -> edge.waiting.remove(first));
                first.finish(nanos);
            }
        }
    }
}
