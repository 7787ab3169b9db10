package dev.daypass.cli.command;

/// Why a command cannot go on, in one line that says what to do.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
