package dev.daypass.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/// Pieces of work done one after the other on the calling thread, all of them as often as each
/// other, and each timed by itself.
///
/// @param pieces each returns the same number every time, so that none can be left out as useless
record Passes(List<IntSupplier> pieces) {
    private static final int WARM_SECONDS = 3;
    private static final int WARM_STRETCHES_MAX = 30;
    private static final int COMPILED_MILLIS_MAX = 30; // of each second

    Passes {
        pieces = List.copyOf(pieces);
    }

    /// Whole passes until some seconds have gone by; at least one.
    ///
    /// @throws IllegalStateException if one pass did not come to what another did
    Sample run(double seconds) {
        var histogram = new Histogram(3);
        long first = 0;
        double cpuNanos = cpuNanos();
        long begun = System.nanoTime();
        double elapsed = 0;
        while (elapsed < seconds) {
            long sum = 0;
            for (IntSupplier piece : pieces) {
                long start = System.nanoTime();
                sum += piece.getAsInt();
                histogram.recordValue(System.nanoTime() - start);
            }
            if (elapsed > 0 && sum != first) {
                throw new IllegalStateException("came to %d, then to %d".formatted(first, sum));
            }
            first = sum;
            elapsed = (System.nanoTime() - begun) / 1e9;
        }
        return new Sample(
                histogram.getValueAtPercentile(50) / 1e6,
                histogram.getValueAtPercentile(99) / 1e6,
                histogram.getValueAtPercentile(99.9) / 1e6,
                histogram.getTotalCount() / elapsed,
                (cpuNanos() - cpuNanos) / 1e3 / histogram.getTotalCount());
    }

    /// Runs all in turn until the compiler of this process has little left to do for any of them,
    /// at most a minute and a half.
    static void warm(List<Passes> all) {
        var compiler = ManagementFactory.getCompilationMXBean();
        int quiet = 0;
        for (int i = 0; i < WARM_STRETCHES_MAX && quiet < all.size(); i++) {
            long before = compiler.getTotalCompilationTime();
            all.get(i % all.size()).run(WARM_SECONDS);
            long compiled = compiler.getTotalCompilationTime() - before;
            quiet = compiled < WARM_SECONDS * COMPILED_MILLIS_MAX ? quiet + 1 : 0;
        }
    }

    /// Processor time of this thread alone: without the compiler and the collector.
    private static double cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
