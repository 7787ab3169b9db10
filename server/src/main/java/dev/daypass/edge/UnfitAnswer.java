package dev.daypass.edge;

/// An answer whose limits nobody can hold: which part of it is what cannot be told.
final class UnfitAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param why fit to be shown; holds nothing of the answer
    UnfitAnswer(String why) {
        super(why, null, false, false);
    }
}
