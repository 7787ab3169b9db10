package dev.daypass.intent;

/// A task text that is refused before anybody reads it. The message is fit to be shown to the
/// caller.
public final class InvalidTask extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTask(String message) {
        super(message);
    }
}
