package dev.daypass.account;

import java.util.Locale;

/// Why an account ended.
public enum EndReason {
    /// Its agent said that the task is done.
    COMPLETED(0),
    /// Somebody took it back.
    REVOKED(1),
    /// Its deadline passed.
    EXPIRED(2),
    /// Its last permitted call was made.
    SPENT(3),
    /// A human refused it.
    DENIED(4),
    /// Nobody decided before its deadline.
    UNDECIDED(5),
    /// The account that it was delegated from ended.
    PARENT_ENDED(6),
    /// Nobody said any more that it is in use.
    LAPSED(7);

    private final int code;

    EndReason(int code) {
        this.code = code;
    }

    /// The number in the database; never changes its meaning.
    public int code() {
        return code;
    }

    /// @throws IllegalArgumentException if there is no such reason
    public static EndReason ofCode(long code) {
        for (EndReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw new IllegalArgumentException("end reason " + code);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is no such reason
    public static EndReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
