package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.math.BigDecimal;
import java.util.TreeMap;

/// The argument is a plain decimal from `min` to `max`: at most 30 digits and 20 behind the point,
/// without exponent or zeros in front. Below zero nothing is permitted unless `min` says so: it
/// would turn what is paid into what is taken.
///
/// @param min without zeros at the end, so that equal constraints are written alike
/// @param max at least `min`
public record Range(BigDecimal min, BigDecimal max) implements Constraint.Single {
    static final String KIND = "range";

    public Range {
        min = Decimals.normal(min);
        max = Decimals.normal(max);
        if (Decimals.signed(min.toPlainString()) == null
                || Decimals.signed(max.toPlainString()) == null) {
            throw new IllegalArgumentException("not a plain decimal");
        }
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("`min` is above `max`");
        }
    }

    /// @param max at least 0
    public static Range upTo(BigDecimal max) {
        return new Range(BigDecimal.ZERO, max);
    }

    @Override
    public boolean permits(String value) {
        BigDecimal given = Decimals.signed(value);
        return given != null && given.compareTo(min) >= 0 && given.compareTo(max) <= 0;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean implies(Constraint.Single other) {
        return other instanceof Range(var least, var most)
                && min.compareTo(least) >= 0
                && max.compareTo(most) <= 0;
    }

    @Override
    public Constraint.@org.jspecify.annotations.Nullable Single and(Constraint.Single same) {
        if (!(same instanceof Range(var least, var most))) {
            throw new IllegalArgumentException("of another kind");
        }
        BigDecimal from = min.max(least);
        BigDecimal to = max.min(most);
        return from.compareTo(to) > 0 ? null : new Range(from, to);
    }

    private boolean open() {
        return max.compareTo(Decimals.GREATEST) == 0;
    }

    @Override
    public TreeMap<String, Json> members() {
        var out = new TreeMap<String, Json>();
        if (!open()) {
            out.put("max", Json.of(max.toPlainString()));
        }
        if (open() || min.signum() != 0) {
            out.put("min", Json.of(min.toPlainString()));
        }
        return out;
    }

    @Override
    public String words() {
        return open()
                ? "a number of at least %s".formatted(min.toPlainString())
                : "a number from %s to %s".formatted(min.toPlainString(), max.toPlainString());
    }
}
