package dev.daypass.permission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiPredicate;

/// A path with variables, as OpenAPI writes it: `/papers/{id}.pdf`. A variable stands for a
/// non-empty part of one segment; a segment holds at most one.
public final class PathTemplate {
    private static final int CHARS_MAX = 1_024;

    private final String text;
    private final List<Segment> segments;
    private final List<Segment> folded;

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
        this.folded = segments.stream().map(Segment::folded).toList();
    }

    /// @throws IllegalArgumentException saying what is wrong with the template
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/") || text.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "path `%s` must start with / and have at most %d characters"
                            .formatted(
                                    text.length() > 80 ? text.substring(0, 80) : text, CHARS_MAX));
        }
        var segments = new ArrayList<Segment>();
        for (String part : text.substring(1).split("/", -1)) {
            segments.add(Segment.parse(text, part));
        }
        return new PathTemplate(text, List.copyOf(segments));
    }

    /// The values of the variables if `path`, in decoded segments, fits.
    public Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).match(path.get(i), values)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /// Whether a service that takes capitals for small letters, and look-alikes for plain
    /// characters, may find that `path`, in decoded segments, fits.
    boolean looksLike(List<String> path) {
        if (path.size() != folded.size()) {
            return false;
        }
        for (int i = 0; i < folded.size(); i++) {
            if (!folded.get(i).takes(PathSegments.caseless(path.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /// Whether some path fits both, small letters taken for capitals. Where one name stands for two
    /// segments, the answer may be yes although none does.
    boolean overlaps(PathTemplate other) {
        return pairwise(folded, other.folded, Segment::overlaps);
    }

    /// Whether every path that fits this fits the other, segment by segment: a literal where the
    /// other has a variable, or more letters around the variable.
    boolean atLeastAsSpecificAs(PathTemplate other) {
        return pairwise(segments, other.segments, Segment::within);
    }

    private static boolean pairwise(
            List<Segment> one, List<Segment> other, BiPredicate<Segment, Segment> holds) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!holds.test(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    public List<String> variables() {
        return segments.stream().map(Segment::variable).filter(v -> !v.isEmpty()).toList();
    }

    /// The fixed words of the path, in order.
    public List<String> literals() {
        return segments.stream().filter(s -> s.variable().isEmpty()).map(Segment::prefix).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /// `prefix{variable}suffix`; a literal segment is only a prefix.
    private record Segment(String prefix, String variable, String suffix) {
        static Segment parse(String template, String part) {
            int open = part.indexOf('{');
            if (open < 0 && part.indexOf('}') < 0) {
                return new Segment(part, "", "");
            }
            int close = part.indexOf('}', open);
            boolean single =
                    open >= 0
                            && close > open + 1
                            && part.indexOf('}') == close
                            && part.indexOf('{', open + 1) < 0
                            && part.indexOf('}', close + 1) < 0;
            if (!single) {
                throw new IllegalArgumentException(
                        "path `%s`: a segment may hold one variable `{name}`, not `%s`"
                                .formatted(template, part));
            }
            return new Segment(
                    part.substring(0, open),
                    part.substring(open + 1, close),
                    part.substring(close + 1));
        }

        Segment folded() {
            return new Segment(
                    PathSegments.caseless(prefix), variable, PathSegments.caseless(suffix));
        }

        private boolean literal() {
            return variable.isEmpty();
        }

        /// Whether a literal segment fits; for a literal one only itself does.
        private boolean takes(String actual) {
            return literal()
                    ? actual.equals(prefix)
                    : actual.length() > prefix.length() + suffix.length()
                            && actual.startsWith(prefix)
                            && actual.endsWith(suffix);
        }

        boolean overlaps(Segment other) {
            if (literal()) {
                return other.takes(prefix);
            }
            if (other.literal()) {
                return takes(other.prefix);
            }
            return (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                    && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
        }

        boolean within(Segment other) {
            if (literal()) {
                return other.takes(prefix);
            }
            return !other.literal()
                    && prefix.startsWith(other.prefix)
                    && suffix.endsWith(other.suffix);
        }

        boolean match(String actual, Map<String, String> values) {
            if (variable.isEmpty()) {
                return actual.equals(prefix);
            }
            int length = actual.length() - prefix.length() - suffix.length();
            if (length < 1 || !actual.startsWith(prefix) || !actual.endsWith(suffix)) {
                return false;
            }
            String value = actual.substring(prefix.length(), prefix.length() + length);
            String before = values.putIfAbsent(variable, value);
            return before == null || before.equals(value);
        }
    }
}
