package dev.daypass.llm;

import dev.daypass.llm.ModelFailure.Kind;

/// Reads what a client throws. Its own messages are left out: they quote what the server said.
final class Failures {
    private static final int DEPTH_MAX = 10;

    private Failures() {}

    /// The failure in the chain of causes; what is none of ours is an answer that cannot be read.
    static ModelFailure of(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < DEPTH_MAX; depth++) {
            if (at instanceof ModelFailure failure) {
                return failure;
            }
            at = at.getCause();
        }
        return new ModelFailure(Kind.MALFORMED, "its answer cannot be read");
    }
}
