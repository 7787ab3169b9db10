package dev.daypass.identity;

/// One customer of a Daypass installation. Nothing of one tenant is visible to another.
///
/// @param value 1 to 63 characters `a-z 0-9 -`
public record TenantId(String value) {
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        Names.requireName("tenant", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
