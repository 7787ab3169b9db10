package dev.daypass.cli;

/// Why a server did not start, in one line that says what to do.
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }
}
