package dev.daypass.identity;

/// A name from outside that is not one. The message is fit to be shown to the caller.
public final class InvalidName extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidName(String message) {
        super(message);
    }
}
