package dev.daypass.identity;

/// The name of a registered service: the first path segment of its calls at the edge.
///
/// @param value 1 to 63 characters `a-z 0-9 -`, starting with a letter or digit
public record ServiceId(String value) implements Comparable<ServiceId> {
    public ServiceId {
        Names.requireName("service", value);
    }

    @Override
    public int compareTo(ServiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
