package dev.daypass.sdk;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The request that calling a tool is.
///
/// @param method of HTTP
/// @param path with its query
/// @param headers by name
/// @param json the body, if it has one
record ToolRequest(String method, String path, Map<String, String> headers, Optional<String> json) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)\\}");
    private static final Pattern FIELD = Pattern.compile("[ -~]*");

    /// @throws IllegalArgumentException where an argument is missing, is none of the tool's, or
    ///   cannot be sent in its place
    static ToolRequest of(Tool tool, Map<String, ?> given) {
        Map<String, Tool.Place> places = tool.places();
        for (String name : given.keySet()) {
            if (!places.containsKey(name)) {
                throw bad(
                        "`%s` has no argument `%s`; it has: %s"
                                .formatted(
                                        tool.name(),
                                        name,
                                        places.isEmpty()
                                                ? "none"
                                                : String.join(", ", places.keySet())));
            }
        }
        for (String name : tool.required()) {
            if (given.get(name) == null) {
                throw bad("`%s` needs the argument `%s`".formatted(tool.name(), name));
            }
        }
        var making = new Making();
        places.forEach((argument, at) -> {
            Object value = given.get(argument);
            if (value != null) {
                making.add(argument, at, value);
            }
        });
        boolean bodied = places.values().stream().anyMatch(at -> at.in().equals("body"));
        return making.made(tool, bodied);
    }

    private static final class Making {
        private final Map<String, String> parts = new LinkedHashMap<>();
        private final List<String> query = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<String, Object> body = new LinkedHashMap<>();

        void add(String argument, Tool.Place at, Object value) {
            switch (at.in()) {
                case "path" -> parts.put(at.name(), segment(argument, text(argument, value)));
                case "query" -> {
                    Collection<?> values = value instanceof Collection<?> c ? c : List.of(value);
                    values.forEach(one ->
                            query.add(encoded(at.name()) + "=" + encoded(text(argument, one))));
                }
                case "header" -> headers.put(at.name(), field(argument, text(argument, value)));
                case "body" -> body.put(at.name(), plain(value));
                default -> throw bad("this version cannot send `%s`".formatted(argument));
            }
        }

        ToolRequest made(Tool tool, boolean bodied) {
            String path =
                    VARIABLE.matcher(tool.path())
                            .replaceAll(found -> {
                                String part = parts.get(found.group(1));
                                if (part == null) {
                                    throw bad(
                                            "`%s` needs `%s` of its path"
                                                    .formatted(tool.name(), found.group(1)));
                                }
                                return part;
                            });
            return new ToolRequest(
                    tool.method(),
                    query.isEmpty() ? path : path + "?" + String.join("&", query),
                    Map.copyOf(headers),
                    bodied ? Optional.of(Json.write(body)) : Optional.empty());
        }
    }

    private static String text(String argument, Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value.toString();
        }
        if (plain(value) instanceof BigDecimal number) {
            return number.toPlainString();
        }
        throw bad("`%s` must be a text, a truth or a plain number".formatted(argument));
    }

    /// Numbers in the one way that has no exponent and no zeros behind: a bound on them is one on
    /// how they are written.
    private static Object plain(Object value) {
        return switch (value) {
            case Double d when !Double.isFinite(d) ->
                    throw bad("a number that is none cannot be sent");
            case Number number -> {
                BigDecimal stripped = new BigDecimal(number.toString()).stripTrailingZeros();
                yield stripped.scale() < 0 ? stripped.setScale(0) : stripped;
            }
            case Map<?, ?> map -> {
                var out = new LinkedHashMap<Object, Object>();
                map.forEach((name, member) -> {
                    if (member != null) {
                        out.put(name, plain(member));
                    }
                });
                yield out;
            }
            case Collection<?> items -> items.stream().map(ToolRequest::plain).toList();
            default -> value;
        };
    }

    /// One segment of a path, or a part of one.
    private static String segment(String argument, String value) {
        if (Set.of("", ".", "..").contains(value)
                || value.indexOf('/') >= 0
                || value.indexOf('\\') >= 0) {
            throw bad("`%s` must be one part of a path, not `%s`".formatted(argument, value));
        }
        return encoded(value);
    }

    private static String field(String argument, String value) {
        if (!FIELD.matcher(value).matches()) {
            throw bad("`%s` must be plain ASCII".formatted(argument));
        }
        return value;
    }

    /// Percent-encoded but for what RFC 3986, section 2.3 leaves as it is.
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static IllegalArgumentException bad(String why) {
        return new IllegalArgumentException(why);
    }
}
