package dev.daypass.account;

import dev.daypass.identity.UserId;
import java.time.Instant;
import java.util.List;

/// That an account acts for a user, and what is kept of it: never the user's token.
///
/// @param user for whom
/// @param groups of the user, those for which the configuration had a grant; today's grants of
///   these bound whatever the account gets later
/// @param until when the user's token ends, and with it whatever was handed on by it
public record OnBehalf(UserId user, List<String> groups, Instant until) {
    public OnBehalf {
        groups = List.copyOf(groups);
    }
}
