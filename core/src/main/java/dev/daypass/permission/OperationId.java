package dev.daypass.permission;

import dev.daypass.identity.ServiceId;

/// An operation's full name: `flights.searchOffers`.
///
/// @param service the service that offers it
/// @param name its name there, 1 to 200 printable characters without white space
public record OperationId(ServiceId service, String name) implements Comparable<OperationId> {
    public static final int NAME_CHARS_MAX = 200;

    public OperationId {
        if (name.isEmpty()
                || name.length() > NAME_CHARS_MAX
                || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "an operation's name is 1 to 200 printable ascii characters");
        }
    }

    @Override
    public int compareTo(OperationId other) {
        int byService = service.compareTo(other.service);
        return byService != 0 ? byService : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return service + "." + name;
    }
}
