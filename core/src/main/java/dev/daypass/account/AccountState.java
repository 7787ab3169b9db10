package dev.daypass.account;

import java.util.Locale;

/// Where an account stands. `ENDED` is absorbing.
public enum AccountState {
    AWAITING_APPROVAL(0),
    ACTIVE(1),
    ENDED(2);

    private final int code;

    AccountState(int code) {
        this.code = code;
    }

    /// The number in the database; never changes its meaning.
    public int code() {
        return code;
    }

    /// @throws IllegalArgumentException if there is no such state
    public static AccountState ofCode(long code) {
        for (AccountState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("account state " + code);
    }

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
