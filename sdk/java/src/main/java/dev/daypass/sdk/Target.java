package dev.daypass.sdk;

import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Where a path of a service leads. A token goes nowhere but below the service's endpoint.
final class Target {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9\\-._~:/?\\[\\]@!$&'()*+,;=%]*");
    private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}");

    private Target() {}

    /// @param path with its query; percent-encoded
    /// @throws IllegalArgumentException where it would not stay below `endpoint`
    static URI of(String endpoint, String path) {
        if (!PLAIN.matcher(path).matches()) {
            throw bad(path, "has characters that must be percent-encoded");
        }
        String place = path.split("\\?", 2)[0];
        if (place.contains("://") || place.startsWith("//")) {
            throw bad(path, "must be one of the service, not a URL");
        }
        if (Arrays.stream(place.split("/")).anyMatch(DOTS.asMatchPredicate())) {
            throw bad(path, "leads out of the service");
        }
        String base = endpoint.replaceAll("/+$", "");
        boolean joined = path.isEmpty() || path.startsWith("/") || path.startsWith("?");
        return URI.create(joined ? base + path : base + "/" + path);
    }

    private static IllegalArgumentException bad(String path, String why) {
        return new IllegalArgumentException("path `%s` %s".formatted(path, why));
    }
}
