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

    /// What an agent says about itself is not passed on: neither credentials, by the names that
    /// services commonly give them, nor claims of where it comes from.
    private static final Set<String> NOT_TO_SERVICE =
            Set.of(
                    "authorization",
                    "cookie",
                    "cookie2",
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
                    "signature-input",
                    "signature-agent",
                    "accept-signature",
                    "content-digest",
                    "daypass-agent",
                    "daypass-account",
                    "daypass-receipt");

    private static final Set<String> NOT_TO_AGENT =
            Set.of(
                    "daypass-fact",
                    "set-cookie",
                    "set-cookie2",
                    "www-authenticate",
                    "authentication-info",
                    // Clients keep one nonce for each origin, and this origin is ours.
                    "dpop-nonce",
                    "alt-svc",
                    "content-length");

    /// Fields with which some servers read another method than the one on the line.
    private static final Set<String> METHOD_OVERRIDES =
            Set.of("x-http-method-override", "x-http-method", "x-method-override");

    private HeaderRules() {}

    /// What an agent cannot say to a service.
    static Set<String> withheldFromService() {
        var out = new HashSet<>(HOP_BY_HOP);
        out.addAll(NOT_TO_SERVICE);
        return out;
    }

    static boolean overridesMethod(MultiMap headers) {
        for (Map.Entry<String, String> field : headers) {
            if (METHOD_OVERRIDES.contains(folded(lower(field.getKey())))) {
                return true;
            }
        }
        return false;
    }

    /// @param credential the field that the service's credential goes into; empty for none
    static void toService(MultiMap from, MultiMap to, String credential) {
        copy(from, to, NOT_TO_SERVICE, folded(lower(credential)));
    }

    static void toAgent(MultiMap from, MultiMap to) {
        copy(from, to, NOT_TO_AGENT, "");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    // A name with `_` reads like one with `-` to servers that turn fields into variables.
    private static String folded(String name) {
        return name.indexOf('_') < 0 ? name : name.replace('_', '-');
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> withheld, String credential) {
        Set<String> named = namedByConnection(from);
        for (Map.Entry<String, String> field : from) {
            String name = lower(field.getKey());
            String folded = folded(name);
            if (!HOP_BY_HOP.contains(folded)
                    && !folded.equals(credential)
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
                out.add(lower(name.strip()));
            }
        }
        return out;
    }
}
