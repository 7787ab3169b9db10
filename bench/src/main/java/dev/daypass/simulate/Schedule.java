package dev.daypass.simulate;

import java.util.PriorityQueue;
import java.util.Random;

/// Virtual time: what happens, one thing after the other, in an order that follows from the seed.
final class Schedule {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private static final long FNV_PRIME = 0x100000001b3L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private final Trace trace;
    private long now;
    private long order;
    private long steps;
    private long hash = 0xcbf29ce484222325L;

    /// Told what happens, as a line of text.
    @FunctionalInterface
    interface Trace {
        void line(String text);
    }

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    Schedule(long seed, Trace trace) {
        this.random = new Random(seed);
        this.trace = trace;
    }

    Random random() {
        return random;
    }

    /// Nanoseconds since the beginning, as nobody in the world can read them.
    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    /// Of everything that was said to happen: equal for equal runs.
    long hash() {
        return hash;
    }

    void after(long nanos, Runnable what) {
        events.add(new Event(now + Math.max(0, nanos), order++, what));
    }

    /// Between a little and `maxNanos`, mostly little.
    long soon(long maxNanos) {
        double chance = random.nextDouble();
        return (long) (chance * chance * chance * maxNanos);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void say(String what) {
        String text = "%.6f %s".formatted(now / 1e9, what);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        trace.line(text);
    }

    /// Lets happen what is due until then, and looks after each step.
    void run(long untilNanos, Runnable look) {
        for (Event next = events.peek();
                next != null && next.at <= untilNanos;
                next = events.peek()) {
            events.remove();
            now = next.at;
            next.what.run();
            steps++;
            look.run();
        }
        now = untilNanos;
    }
}
