package dev.daypass.account;

import java.util.Locale;

/// Why an account ended.
public enum EndReason {
    /// Its agent said that the task is done.
    COMPLETED,
    /// Somebody took it back.
    REVOKED,
    /// Its deadline passed.
    EXPIRED,
    /// Its last permitted call was made.
    SPENT,
    /// A human refused it.
    DENIED,
    /// Nobody decided before its deadline.
    UNDECIDED,
    /// The account that it was delegated from ended.
    PARENT_ENDED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is no such reason
    public static EndReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
