package dev.daypass.sdk;

import org.jspecify.annotations.Nullable;

/// Anything that Daypass, or the way to it, objects to. Says what was wrong and, where it is known,
/// what to do next.
public class DaypassException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DaypassException(String message) {
        super(message);
    }

    public DaypassException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// This host has no agent identity, or a damaged one.
    public static final class NoIdentity extends DaypassException {
        private static final long serialVersionUID = 1L;

        NoIdentity(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The server does not answer, or does not prove that it is the one the agent enrolled at.
    public static final class Unreachable extends DaypassException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// A human said no, or nobody said anything in time.
    public static final class NotApproved extends DaypassException {
        private static final long serialVersionUID = 1L;

        NotApproved(String message) {
            super(message);
        }
    }

    /// The account was used after it was closed.
    public static final class Closed extends DaypassException {
        private static final long serialVersionUID = 1L;

        Closed(String message) {
            super(message);
        }
    }
}
