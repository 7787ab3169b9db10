package dev.daypass.wire;

/// Bytes from outside that are not what they should be. The message says what and where, and is fit
/// to be shown.
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
