package dev.daypass.intent;

/// A task cannot be read now, though there may be nothing wrong with it. The message is fit for the
/// caller.
public final class CannotUnderstand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotUnderstand(String message) {
        super(message);
    }
}
