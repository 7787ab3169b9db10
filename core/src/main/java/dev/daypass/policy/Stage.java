package dev.daypass.policy;

import java.util.Locale;

/// When a rule is asked.
public enum Stage {
    /// An account is being opened.
    OPEN,
    /// An account makes a call.
    CALL;

    /// The name in rule files: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
