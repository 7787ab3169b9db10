package dev.daypass.broker;

import dev.daypass.wire.Json;
import java.util.Map;

/// Why a step of the opening line, or another operation on accounts, said no.
///
/// @param kind what kind of refusal; decides the status that the caller sees
/// @param step the step that refused
/// @param detail what was wrong
/// @param next what the caller can do; empty for nothing
/// @param extra further members for the caller
public record Refusal(Kind kind, String step, String detail, String next, Map<String, Json> extra) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// Kinds of refusal.
    public enum Kind {
        /// Nobody we know.
        UNKNOWN_CALLER,
        /// The request makes no sense.
        MALFORMED,
        /// Too many at once.
        TOO_MANY,
        /// It is not clear what the task's words ask for.
        NOT_UNDERSTOOD,
        /// The task's words justify nothing that this agent may have.
        NOTHING_TO_GRANT,
        /// A rule, or the state of things, forbids it.
        FORBIDDEN,
        /// There is no such thing, for this caller.
        NOT_FOUND,
        /// It is not in the state for this.
        CONFLICT,
        /// Nothing can be made durable now.
        UNAVAILABLE
    }

    public Refusal {
        extra = Map.copyOf(extra);
    }

    /// Too many of something at the step `admit`.
    ///
    /// @param waitNanos when it may be tried again
    static Refusal tooMany(String detail, long waitNanos) {
        long seconds = Math.max(1, Math.ceilDiv(waitNanos, NANOS_PER_SECOND));
        return new Refusal(
                Kind.TOO_MANY,
                "admit",
                detail,
                "try again in %d s".formatted(seconds),
                Map.of("retry_after", Json.of(seconds)));
    }

    public static Refusal of(Kind kind, String step, String detail, String next) {
        return new Refusal(kind, step, detail, next, Map.of());
    }
}
