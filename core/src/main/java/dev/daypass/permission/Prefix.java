package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The argument begins with this. A prefix with a slash is one of a path or a URL: there a value
/// that climbs out of it again (`/reports/../keys`) is not permitted, also where its dots or
/// slashes are percent-encoded.
///
/// @param start not empty
public record Prefix(String start) implements Constraint.Single {
    static final String KIND = "prefix";
    static final int CHARS_MAX = 1_024;

    private static final Pattern CLIMBING =
            Pattern.compile(
                    "(?:^|[/\\\\]|%2f|%5c)(?:\\.|%2e){1,2}(?:$|[/\\\\?#;]|%2f|%5c)",
                    Pattern.CASE_INSENSITIVE);

    public Prefix {
        if (start.isEmpty() || start.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "`prefix` must have 1 to %d characters".formatted(CHARS_MAX));
        }
        if (ofPlaces(start) && CLIMBING.matcher(start).find()) {
            throw new IllegalArgumentException("`prefix` holds a segment of dots");
        }
    }

    private static boolean ofPlaces(String start) {
        return start.indexOf('/') >= 0 || start.indexOf('\\') >= 0;
    }

    @Override
    public boolean permits(String value) {
        return value.startsWith(start) && !(ofPlaces(start) && CLIMBING.matcher(value).find());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean implies(Constraint.Single other) {
        return other instanceof Prefix(var theirs) && start.startsWith(theirs);
    }

    @Override
    public Constraint.@Nullable Single and(Constraint.Single same) {
        return implies(same) ? this : same.implies(this) ? same : null;
    }

    @Override
    public TreeMap<String, Json> members() {
        var out = new TreeMap<String, Json>();
        out.put(KIND, Json.of(start));
        return out;
    }

    @Override
    public String words() {
        return "text that starts with `%s`".formatted(start);
    }
}
