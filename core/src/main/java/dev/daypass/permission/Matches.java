package dev.daypass.permission;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.daypass.wire.Json;
import java.util.TreeMap;

/// All of the argument fits a regular expression, in the syntax of RE2: without look-around and
/// back-references, so that the time it takes grows with the text and with nothing else. Text of
/// more than {@value #TEXT_CHARS_MAX} characters is not permitted.
public final class Matches implements Constraint.Single {
    static final String KIND = "matches";
    static final int PATTERN_CHARS_MAX = 256;
    static final int PROGRAM_MAX = 256;
    static final int TEXT_CHARS_MAX = 4_096;

    private final Pattern pattern;

    private Matches(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws IllegalArgumentException if it is none, or takes more steps than a bound may
    public static Matches of(String pattern) {
        if (pattern.length() > PATTERN_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "`matches` has more than %d characters".formatted(PATTERN_CHARS_MAX));
        }
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "`matches` is not a regular expression of re2: " + e.getDescription(), e);
        }
        if (compiled.programSize() > PROGRAM_MAX) {
            throw new IllegalArgumentException(
                    "`matches` takes %d steps; at most %d: use `max_length` for a long repetition"
                            .formatted(compiled.programSize(), PROGRAM_MAX));
        }
        return new Matches(compiled);
    }

    String pattern() {
        return pattern.pattern();
    }

    @Override
    public boolean permits(String value) {
        return value.length() <= TEXT_CHARS_MAX && pattern.matches(value);
    }

    // Two patterns stand side by side: what both permit, no third says.
    @Override
    public String kind() {
        return KIND + " " + pattern();
    }

    @Override
    public boolean implies(Constraint.Single other) {
        return equals(other);
    }

    @Override
    public Constraint.Single and(Constraint.Single same) {
        return this;
    }

    @Override
    public TreeMap<String, Json> members() {
        var out = new TreeMap<String, Json>();
        out.put(KIND, Json.of(pattern()));
        return out;
    }

    @Override
    public String words() {
        return "text that matches `%s`".formatted(pattern());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matches that && pattern().equals(that.pattern());
    }

    @Override
    public int hashCode() {
        return pattern().hashCode();
    }

    @Override
    public String toString() {
        return "Matches[" + pattern() + "]";
    }
}
