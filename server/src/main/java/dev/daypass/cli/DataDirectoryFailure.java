package dev.daypass.cli;

/// A data directory that cannot be used. The message is one line that says what to do.
public final class DataDirectoryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataDirectoryFailure(String message) {
        super(message);
    }
}
