package dev.daypass.cli;

/// A server that cannot be reached. The message is one line.
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }
}
