package dev.daypass.config;

import java.util.List;

/// A setting out of its range, or two that contradict each other. The message names the keys and is
/// fit to be shown.
public final class InvalidConfig extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> keys;
    private final String reason;

    private InvalidConfig(List<String> keys, String reason) {
        super("`%s` %s".formatted(keys.getFirst(), about(keys, keys.getFirst(), reason)));
        this.keys = keys;
        this.reason = reason;
    }

    static InvalidConfig value(String key, String reason) {
        return new InvalidConfig(List.of(key), reason);
    }

    static InvalidConfig contradiction(String key, String other, String reason) {
        return new InvalidConfig(List.of(key, other), reason);
    }

    /// The keys at fault; the first is blamed where both were given.
    List<String> keys() {
        return keys;
    }

    /// What to say at the place where `key` was given.
    String about(String key) {
        return about(keys, key, reason);
    }

    private static String about(List<String> keys, String key, String reason) {
        List<String> others = keys.stream().filter(other -> !other.equals(key)).toList();
        return others.isEmpty()
                ? reason
                : "contradicts `%s`: %s".formatted(String.join("`, `", others), reason);
    }
}
