package dev.daypass.sdk;

import java.util.Locale;
import java.util.Set;

/// Header fields by which a message is framed, routed or proved: not a caller's to say, who may
/// have them from a model.
final class Framing {
    private static final Set<String> FIELDS =
            Set.of(
                    "connection",
                    "content-length",
                    "dpop",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private Framing() {}

    /// @throws IllegalArgumentException if it is one
    static void refuse(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        if (FIELDS.contains(lower) || lower.startsWith("proxy-")) {
            throw new IllegalArgumentException(
                    "header field `%s` is not a caller's to say".formatted(field));
        }
    }
}
