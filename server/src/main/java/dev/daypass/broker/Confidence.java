package dev.daypass.broker;

import dev.daypass.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// How sure a parser is, as it is told: two decimals.
public final class Confidence {
    private Confidence() {}

    /// @param confidence 0 to 1
    public static Json.Num toJson(double confidence) {
        BigDecimal rounded = BigDecimal.valueOf(confidence).setScale(2, RoundingMode.HALF_UP);
        return new Json.Num(rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
    }
}
