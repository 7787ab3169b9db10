package dev.daypass.cli.command;

/// How a command ends.
final class ExitCode {
    static final int OK = 0;

    /// It failed, or the server refused.
    static final int FAILED = 1;

    /// The command line makes no sense.
    static final int USAGE = 2;

    /// A human has to decide first.
    static final int WAITING = 3;

    /// Nobody answers.
    static final int UNREACHABLE = 4;

    private ExitCode() {}
}
