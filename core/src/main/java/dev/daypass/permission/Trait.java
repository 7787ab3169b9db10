package dev.daypass.permission;

import java.util.Locale;

/// What an operation does to the world, as far as rules and ceilings care.
public enum Trait {
    /// Looks and changes nothing.
    READ,
    /// Creates or changes something.
    WRITE,
    /// Removes something.
    DELETE,
    /// Moves money or touches means of payment.
    MONEY,
    /// Shows or changes what belongs to a person.
    PERSONAL,
    /// Shows or changes keys, tokens or passwords.
    SECRET,
    /// Changes how the service itself is run.
    ADMIN,
    /// Sends something to somebody.
    OUTWARD,
    /// Changes who somebody is or may be: sign-in, roles, membership.
    IDENTITY;

    /// The name in rules, files and on the wire: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is no such trait
    public static Trait of(String word) {
        for (Trait trait : values()) {
            if (trait.word().equals(word)) {
                return trait;
            }
        }
        throw new IllegalArgumentException(
                "unknown trait `%s`; known: read, write, delete, money, personal, secret, admin, outward, identity"
                        .formatted(word));
    }
}
