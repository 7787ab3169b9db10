package dev.daypass.edge;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which header fields cross the edge, and in which direction.
final class HeaderRules {
    /// Fields that belong to one connection (RFC 9110, section 7.6.1) or are set anew by whoever
    /// sends.
    private static final Set<String> HOP_BY_HOP =
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
                    "http2-settings");

    /// What an agent says about itself is not passed on: neither credentials nor claims of where it
    /// comes from.
    private static final Set<String> NOT_TO_SERVICE =
            Set.of(
                    "authorization",
                    "cookie",
                    "cookie2",
                    "dpop",
                    "host",
                    "expect",
                    "accept-encoding",
                    "content-length",
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
                    "signature-input");

    private static final Set<String> NOT_TO_AGENT =
            Set.of(
                    "set-cookie",
                    "set-cookie2",
                    "www-authenticate",
                    "authentication-info",
                    "alt-svc",
                    "content-length");

    /// Fields with which some servers read another method than the one on the line.
    private static final Set<String> METHOD_OVERRIDES =
            Set.of("x-http-method-override", "x-http-method", "x-method-override");

    private HeaderRules() {}

    static boolean overridesMethod(MultiMap headers) {
        return headers.names().stream()
                .anyMatch(name -> METHOD_OVERRIDES.contains(folded(name.toLowerCase(Locale.ROOT))));
    }

    // A name with `_` reads like one with `-` to servers that turn fields into variables.
    private static String folded(String name) {
        return name.indexOf('_') < 0 ? name : name.replace('_', '-');
    }

    static void toService(MultiMap from, MultiMap to) {
        copy(from, to, NOT_TO_SERVICE);
    }

    static void toAgent(MultiMap from, MultiMap to) {
        copy(from, to, NOT_TO_AGENT);
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> withheld) {
        Set<String> named = namedByConnection(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            String folded = folded(name);
            if (!HOP_BY_HOP.contains(folded)
                    && !withheld.contains(folded)
                    && !named.contains(name)) {
                to.add(field.getKey(), field.getValue());
            }
        }
    }

    private static Set<String> namedByConnection(MultiMap headers) {
        if (!headers.contains("connection")) {
            return Set.of();
        }
        var out = new HashSet<String>();
        for (String value : headers.getAll("connection")) {
            for (String name : value.split(",")) {
                out.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return out;
    }
}
