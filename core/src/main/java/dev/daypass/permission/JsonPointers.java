package dev.daypass.permission;

import java.util.regex.Pattern;

/// The tokens of JSON Pointers (RFC 6901, section 3).
final class JsonPointers {
    private static final Pattern HALF_ESCAPE = Pattern.compile("~(?![01])");

    private JsonPointers() {}

    /// @throws IllegalArgumentException if a `~` is neither `~0` nor `~1`
    static String plain(String token) {
        if (HALF_ESCAPE.matcher(token).find()) {
            throw new IllegalArgumentException(
                    "holds a `~` that is neither `~0`, for itself, nor `~1`, for a slash");
        }
        return token.replace("~1", "/").replace("~0", "~");
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
