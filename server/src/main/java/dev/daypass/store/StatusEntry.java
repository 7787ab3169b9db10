package dev.daypass.store;

import dev.daypass.identity.AccountId;

/// Where the tokens of an account are looked up by who verifies them.
///
/// @param account whose
/// @param list the list's name, which tells nothing
/// @param number of the entry
public record StatusEntry(AccountId account, String list, int number) {}
