package dev.daypass.examples;

import dev.daypass.cli.Answer;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Prints what happens, step by step, with times, and remembers whether all went as it should.
final class Storyteller {
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private int failures;
    private int expectations;

    Storyteller(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println(text);
    }

    void chapter(String text) {
        out.printf("%n%s%n", text);
    }

    <T> T step(String what, Supplier<T> action) {
        long start = System.nanoTime();
        T result = action.get();
        out.printf(
                Locale.ROOT,
                "  → %s  (%.1f ms)%n",
                what,
                (System.nanoTime() - start) / NANOS_PER_MILLI);
        return result;
    }

    void show(List<String> lines) {
        lines.forEach(line -> out.println("      " + line));
    }

    void expect(String what, boolean went) {
        expectations++;
        if (!went) {
            failures++;
        }
        out.printf("    %s %s%n", went ? "✓" : "✗ FAILED, expected:", what);
    }

    /// A step that must be refused.
    ///
    /// @param status the status it must have; 0 for any refusal
    /// @param step the step that must refuse; empty for any
    void refused(String what, Supplier<Answer> action, int status, String step) {
        Answer answer = step(what, action);
        boolean asExpected =
                (status == 0 ? answer.status() >= 400 : answer.status() == status)
                        && (step.isEmpty() || answer.text("step").orElse("").equals(step));
        String detail = answer.text("detail").orElse("");
        expect(
                "refused with %d%s%s"
                        .formatted(
                                answer.status(),
                                answer.text("step").map(s -> " at `" + s + "`").orElse(""),
                                detail.isEmpty() ? "" : ": " + detail),
                asExpected);
    }

    /// Whether every step went as it should.
    boolean end() {
        out.printf(
                Locale.ROOT,
                "%n%s: %d of %d as expected, %.1f s%n",
                failures == 0 ? "The story went as it should" : "SOMETHING WENT WRONG",
                expectations - failures,
                expectations,
                (System.nanoTime() - startNanos) / 1e9);
        return failures == 0;
    }
}
