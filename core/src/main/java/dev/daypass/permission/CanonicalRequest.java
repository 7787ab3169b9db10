package dev.daypass.permission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A request target in the one form that is both matched and sent: segments and query decoded,
/// judged, and encoded again in a single way. Whatever two servers might read differently is
/// refused, not repaired.
public final class CanonicalRequest {
    public static final int TARGET_CHARS_MAX = 8_192;
    public static final int QUERY_PAIRS_MAX = 256;

    private static final String SEGMENT_EXTRA = "!$'()*,:@";

    // Some frameworks take these from the query for the method.
    private static final Set<String> METHOD_OVERRIDES =
            Set.of(
                    "_method",
                    "$httpmethod",
                    "x-http-method",
                    "x-http-method-override",
                    "x-method-override");

    private final HttpMethod method;
    private final List<String> segments;
    private final List<Pair> query;
    private final String path;
    private final String target;
    private final Iterable<Map.Entry<String, String>> fields;

    private CanonicalRequest(HttpMethod method, List<String> segments, List<Pair> query) {
        this.method = method;
        this.segments = segments;
        this.query = query;
        this.fields = List.of();
        this.path = encoded(segments);
        this.target = path + encodedQuery(query);
        requireShort(target);
    }

    private CanonicalRequest(CanonicalRequest line, Iterable<Map.Entry<String, String>> fields) {
        this.method = line.method;
        this.segments = line.segments;
        this.query = line.query;
        this.path = line.path;
        this.target = line.target;
        this.fields = fields;
    }

    /// One `name=value` of a query, decoded.
    ///
    /// @param name decoded name
    /// @param value decoded value, empty where there is no `=`
    public record Pair(String name, String value) {}

    /// Reads a target in origin form (RFC 9112, section 3.2.1).
    ///
    /// @param target path and query as they arrived, without the service's own segment
    /// @throws AmbiguousRequest naming what two servers might read differently
    public static CanonicalRequest parse(HttpMethod method, String target) {
        requireShort(target);
        if (!target.startsWith("/")) {
            throw new AmbiguousRequest("request target must start with /");
        }
        requireVisible(target);
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new CanonicalRequest(method, PathSegments.parse(path), pairs(query));
    }

    /// A request that is made here, from plain texts; judged as one that arrived.
    ///
    /// @param path segments joined by `/`, not encoded
    /// @param query names and values, not encoded
    /// @throws AmbiguousRequest as [#parse(HttpMethod, String)]
    public static CanonicalRequest of(HttpMethod method, String path, Map<String, String> query) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        List<Pair> pairs =
                query.entrySet().stream().map(e -> new Pair(e.getKey(), e.getValue())).toList();
        return parse(method, encoded(segments) + encodedQuery(pairs));
    }

    /// The same with header fields, which are looked at only where one is bound.
    ///
    /// @param all names and values in order, all of them
    public CanonicalRequest with(Iterable<Map.Entry<String, String>> all) {
        return new CanonicalRequest(this, all);
    }

    Iterable<Map.Entry<String, String>> fields() {
        return fields;
    }

    public HttpMethod method() {
        return method;
    }

    public List<String> segments() {
        return segments;
    }

    public List<String> queryValues(String name) {
        var out = new ArrayList<String>(1);
        for (Pair pair : query) {
            if (pair.name().equals(name)) {
                out.add(pair.value());
            }
        }
        return out;
    }

    public Set<String> repeatedNames() {
        if (query.size() < 2) {
            return Set.of();
        }
        var seen = new HashSet<String>();
        var repeated = new HashSet<String>();
        query.forEach(pair -> {
            if (!seen.add(pair.name())) {
                repeated.add(pair.name());
            }
        });
        return repeated;
    }

    List<Pair> query() {
        return query;
    }

    /// The names of the query's parameters, as often as they are given.
    public List<String> queryNames() {
        return query.stream().map(Pair::name).toList();
    }

    /// The path alone, encoded canonically.
    public String path() {
        return path;
    }

    /// What is sent: path and query, encoded canonically, at most {@value #TARGET_CHARS_MAX}
    /// characters. Parsed again it is itself.
    public String target() {
        return target;
    }

    private static String encoded(List<String> segments) {
        var out = new StringBuilder();
        for (String segment : segments) {
            out.append('/');
            PercentCoding.encode(segment, SEGMENT_EXTRA, out);
        }
        return out.toString();
    }

    private static String encodedQuery(List<Pair> query) {
        var out = new StringBuilder();
        char separator = '?';
        for (Pair pair : query) {
            out.append(separator);
            PercentCoding.encode(pair.name(), "", out);
            out.append('=');
            PercentCoding.encode(pair.value(), "", out);
            separator = '&';
        }
        return out.toString();
    }

    private static void requireShort(String target) {
        if (target.length() > TARGET_CHARS_MAX) {
            throw new AmbiguousRequest(
                    "request target of more than %d characters".formatted(TARGET_CHARS_MAX));
        }
    }

    private static void requireVisible(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= 0x20 || c >= 0x7f || "\\#\"<>".indexOf(c) >= 0) {
                throw new AmbiguousRequest(
                        "request target holds a character that must be percent-encoded");
            }
        }
    }

    private static List<Pair> pairs(String query) {
        if (query.isEmpty()) {
            return List.of();
        }
        String[] raw = query.split("&", -1);
        if (raw.length > QUERY_PAIRS_MAX) {
            throw new AmbiguousRequest(
                    "query of more than %d parameters".formatted(QUERY_PAIRS_MAX));
        }
        var out = new ArrayList<Pair>(raw.length);
        for (String part : raw) {
            out.add(pair(part));
        }
        return List.copyOf(out);
    }

    private static Pair pair(String part) {
        int equals = part.indexOf('=');
        String name = PercentCoding.decode(equals < 0 ? part : part.substring(0, equals), true);
        if (name.isEmpty()) {
            throw new AmbiguousRequest("query holds a parameter without a name");
        }
        if (METHOD_OVERRIDES.contains(name.toLowerCase(Locale.ROOT))) {
            throw new AmbiguousRequest("query holds a method override");
        }
        return new Pair(
                name, equals < 0 ? "" : PercentCoding.decode(part.substring(equals + 1), true));
    }
}
