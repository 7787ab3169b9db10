package dev.daypass.permission;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a bound argument travels, and how it is called there. As text, a place and a name with a
/// dot between them, such as `query.from`; of what lies deeper in a body, `body` and a JSON Pointer
/// (RFC 6901), such as `body/lines/*/amount`.
public sealed interface Slot {
    /// The one way in which it is written.
    String text();

    /// @param variable of the path's template
    record InPath(String variable) implements Slot {
        @Override
        public String text() {
            return Slots.PATH + variable;
        }
    }

    /// @param name of a parameter
    record InQuery(String name) implements Slot {
        @Override
        public String text() {
            return Slots.QUERY + name;
        }
    }

    /// @param name of a field, in small letters
    record InHeader(String name) implements Slot {
        @Override
        public String text() {
            return Slots.HEADER + name;
        }
    }

    /// @param at where in the JSON of the body
    record InBody(BodyPointer at) implements Slot {
        @Override
        public String text() {
            return at.slot();
        }
    }

    /// No argument can be found there: what is bound so is never permitted.
    ///
    /// @param text as it was given
    /// @param why what is wrong with it
    record Nowhere(String text, String why) implements Slot {}

    /// Reads a slot in any of its spellings: `query/from` is `query.from`, `header/X-Tenant` is
    /// `header.x-tenant`, and `body/to` is `body.to`.
    static Slot of(String text) {
        int end = text.indexOf('.');
        int slash = text.indexOf('/');
        end = end < 0 || (slash >= 0 && slash < end) ? slash : end;
        if (end < 0 || end == text.length() - 1) {
            return new Nowhere(text, Fields.KINDS);
        }
        String name = text.substring(end + 1);
        return switch (text.substring(0, end)) {
            case "path" -> new InPath(name);
            case "query" -> new InQuery(name);
            case "header" -> field(text, name.toLowerCase(Locale.ROOT));
            case "body" -> body(text, name, end == slash);
            default -> new Nowhere(text, Fields.KINDS);
        };
    }

    private static Slot body(String text, String name, boolean pointer) {
        try {
            return new InBody(pointer ? BodyPointer.parse(name) : BodyPointer.member(name));
        } catch (IllegalArgumentException e) {
            return new Nowhere(text, String.valueOf(e.getMessage()));
        }
    }

    private static Slot field(String text, String name) {
        if (!Fields.NAME.matcher(name).matches()) {
            return new Nowhere(text, "is not the name of a header field, such as x-tenant");
        }
        return Fields.NOT_BOUND.contains(name)
                ? new Nowhere(text, "is a header field that the edge takes away or sets itself")
                : new InHeader(name);
    }

    /// The header fields that no constraint can bind.
    final class Fields {
        private static final String KINDS =
                "is none of path.NAME, query.NAME, header.NAME, body.NAME and body/POINTER";

        // Without `_`, which some servers take for `-`.
        private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^`|~-]{1,128}");

        /// What belongs to one connection (RFC 9110, section 7.6.1), says who asks, frames the
        /// message, or is set anew by the edge. Nothing of it reaches a service as the agent sent
        /// it, so that there is nothing to compare.
        public static final Set<String> NOT_BOUND =
                Set.of(
                        "connection",
                        "keep-alive",
                        "proxy-connection",
                        "proxy-authenticate",
                        "proxy-authorization",
                        "te",
                        "trailer",
                        "transfer-encoding",
                        "upgrade",
                        "http2-settings",
                        "authorization",
                        "cookie",
                        "cookie2",
                        "daypass-receipt",
                        "dpop",
                        "x-api-key",
                        "api-key",
                        "apikey",
                        "x-apikey",
                        "x-auth-token",
                        "x-access-token",
                        "x-goog-api-key",
                        "x-amz-security-token",
                        "private-token",
                        "host",
                        "expect",
                        "accept-encoding",
                        "content-type",
                        "content-length",
                        "content-encoding",
                        "content-range",
                        "content-digest",
                        "range",
                        "if-range",
                        "if-none-match",
                        "forwarded",
                        "x-forwarded-for",
                        "x-forwarded-host",
                        "x-forwarded-proto",
                        "x-forwarded-port",
                        "x-forwarded-prefix",
                        "x-real-ip",
                        "x-original-url",
                        "x-rewrite-url",
                        "client-cert",
                        "client-cert-chain",
                        "signature",
                        "signature-input",
                        "signature-agent",
                        "accept-signature",
                        "daypass-agent",
                        "daypass-account");

        private Fields() {}
    }
}
