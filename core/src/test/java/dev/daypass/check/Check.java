package dev.daypass.check;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Tries a law on many random cases. A case that breaks it is reported with its seed; `-Dseed=…`
/// runs that one case again, and `-Dcases=…` asks for more of them.
///
/// ```
/// Check.forAll(random -> {
///     String text = Gen.text(random, 20);
///     assertEquals(text, decode(encode(text)));
/// });
/// ```
public final class Check {
    public static final int CASES = 300;

    private final String seed;
    private final int cases;

    Check(String seed, int cases) {
        this.seed = seed;
        this.cases = cases;
    }

    public static void forAll(Consumer<Random> law) {
        forAll(CASES, law);
    }

    /// @param cases how many random cases, unless the command line says otherwise
    public static void forAll(int cases, Consumer<Random> law) {
        String asked = System.getProperty("cases", "");
        new Check(
                        System.getProperty("seed", ""),
                        asked.isBlank() ? cases : Integer.parseInt(asked.strip()))
                .run(law);
    }

    void run(Consumer<Random> law) {
        if (!seed.isBlank()) {
            one(Long.parseLong(seed.strip()), "the case asked for", law);
            return;
        }
        var seeds = new SplittableRandom();
        for (int i = 1; i <= cases; i++) {
            one(seeds.nextLong(), "case %d of %d".formatted(i, cases), law);
        }
    }

    private static void one(long seed, String which, Consumer<Random> law) {
        try {
            law.accept(new Random(seed));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    "broken in %s; again with -Dseed=%d: %s".formatted(which, seed, e), e);
        }
    }
}
