package dev.daypass.account;

import java.util.Locale;

/// Where an account stands. `ENDED` is absorbing.
public enum AccountState {
    AWAITING_APPROVAL,
    ACTIVE,
    ENDED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean mayBecome(AccountState next) {
        return switch (this) {
            case AWAITING_APPROVAL -> next != AWAITING_APPROVAL;
            case ACTIVE -> next == ENDED;
            case ENDED -> false;
        };
    }

    /// @throws IllegalArgumentException if there is no such state
    public static AccountState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
