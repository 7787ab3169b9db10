package dev.daypass.identity;

/// The name of a registered agent, unique within its tenant.
///
/// @param value 1 to 63 characters `a-z 0-9 -`, starting with a letter or digit
public record AgentId(String value) {
    public AgentId {
        Names.requireName("agent", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
