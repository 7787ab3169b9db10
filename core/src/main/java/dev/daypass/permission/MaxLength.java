package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.TreeMap;

/// The argument is text of at most so many characters (Unicode code points).
///
/// @param most from 0 up
public record MaxLength(int most) implements Constraint.Single {
    static final String KIND = "max_length";
    static final int MOST = 1_000_000;

    public MaxLength {
        if (most < 0 || most > MOST) {
            throw new IllegalArgumentException("`max_length` must be from 0 to %d".formatted(MOST));
        }
    }

    static int of(String value) {
        return value.codePointCount(0, value.length());
    }

    @Override
    public boolean permits(String value) {
        return of(value) <= most;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean implies(Constraint.Single other) {
        return other instanceof MaxLength(var theirs) && most <= theirs;
    }

    @Override
    public Constraint.Single and(Constraint.Single same) {
        return implies(same) ? this : same;
    }

    @Override
    public TreeMap<String, Json> members() {
        var out = new TreeMap<String, Json>();
        out.put(KIND, Json.of(most));
        return out;
    }

    @Override
    public String words() {
        return "text of at most %d characters".formatted(most);
    }
}
