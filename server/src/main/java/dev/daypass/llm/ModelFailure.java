package dev.daypass.llm;

/// Why a model gave no usable answer. The message holds nothing that the model or its server said:
/// an error body may repeat the key or the task.
final class ModelFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ModelFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// What happened, as the counter names it.
    enum Kind {
        /// Not answered in time.
        TIMEOUT(true),
        /// No connection, or one that broke.
        UNREACHABLE(true),
        /// A status that says the server will answer nobody now: 401, 403, 408, 429, 5xx, a
        /// redirect.
        STATUS(true),
        /// A status about this question, such as 400 or 413.
        REJECTED(false),
        /// Longer than an answer may be.
        TOO_LARGE(false),
        /// Not the JSON that was asked for.
        MALFORMED(false),
        /// Too many failures in a row: not asked.
        RESTING(false),
        /// Too many questions at once: not asked.
        BUSY(false),
        /// The agent has used up its tokens: not asked.
        SPENT(false);

        private final boolean broken;

        Kind(boolean broken) {
            this.broken = broken;
        }

        /// Whether it speaks against the model's server and not against the question: a task must
        /// not be able to take the model from everybody.
        boolean broken() {
            return broken;
        }

        /// Whether the model was asked at all.
        boolean asked() {
            return switch (this) {
                case RESTING, BUSY, SPENT -> false;
                case TIMEOUT, UNREACHABLE, STATUS, REJECTED, TOO_LARGE, MALFORMED -> true;
            };
        }
    }

    Kind kind() {
        return kind;
    }

    /// In one sentence, fit for the caller.
    String why() {
        return String.valueOf(getMessage());
    }
}
