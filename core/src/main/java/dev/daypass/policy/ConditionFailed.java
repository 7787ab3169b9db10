package dev.daypass.policy;

import org.jspecify.annotations.Nullable;

/// A condition has no answer. The message says why.
final class ConditionFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConditionFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
