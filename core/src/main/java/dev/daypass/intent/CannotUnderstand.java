package dev.daypass.intent;

/// A task that nobody can read now: what reads it is out of reach, and nothing else may stand in
/// for it. The message is fit to be shown to the caller.
public final class CannotUnderstand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotUnderstand(String message) {
        super(message);
    }
}
