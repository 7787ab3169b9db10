package dev.daypass.users;

import dev.daypass.account.OnBehalf;

/// What came of a user's token.
public sealed interface UserCheck {
    /// It is what it says.
    ///
    /// @param onBehalf for whom an account may act
    record Proved(OnBehalf onBehalf) implements UserCheck {}

    /// No account is opened for its sake.
    sealed interface Failed extends UserCheck {
        /// Fit to be shown.
        String why();
    }

    /// It is no token that could be judged.
    record Malformed(String why) implements Failed {}

    /// It is a token, but not believed, or not for this. Nothing in `why` tells which keys there
    /// are.
    ///
    /// @param next what the caller can do
    record Refused(String why, String next) implements Failed {}

    /// It cannot be judged now.
    record Unavailable(String why) implements Failed {}
}
