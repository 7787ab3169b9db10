package dev.daypass.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where an answer points: `Location` and `Content-Location`. What leads to the service itself
/// leads to the edge, so that an agent can follow it with its own token; what leads elsewhere is
/// told, without a user in it, and is for the agent to judge; what is no http URL is withheld.
final class Redirects {
    private static final int CHARS_MAX = 8_192;

    private final String service;
    private final URI base;
    private final String injected;

    /// @param service the first segment of the edge's path
    /// @param base where the service is
    /// @param injected the query parameter that the edge adds; empty for none
    Redirects(String service, URI base, String injected) {
        this.service = service;
        this.base = base;
        this.injected = injected;
    }

    /// @param value as the service said it
    /// @param target path and query of the request, as the service saw it
    /// @return `null` where it is withheld
    @Nullable String rewrite(String value, String target) {
        if (value.length() > CHARS_MAX) {
            return null;
        }
        try {
            URI there = absolute(value.strip(), target);
            String scheme = String.valueOf(there.getScheme()).toLowerCase(Locale.ROOT);
            if (there.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                return null;
            }
            String rest = belowBase(there);
            return rest == null ? withoutUser(there) : "/" + service + rest + tail(there);
        } catch (URISyntaxException | IllegalArgumentException _) {
            return null;
        }
    }

    private URI absolute(String value, String target) throws URISyntaxException {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        URI request = new URI(base.getScheme() + "://" + base.getRawAuthority() + path);
        // URI resolves a query alone against the directory (RFC 2396), browsers against the path.
        return value.startsWith("?") ? new URI(request + value) : request.resolve(new URI(value));
    }

    /// The path below the base; `null` where it is somewhere else.
    private @Nullable String belowBase(URI there) {
        String path = there.getRawPath();
        String root = base.getRawPath() == null ? "" : base.getRawPath();
        boolean origin =
                there.getScheme().equalsIgnoreCase(base.getScheme())
                        && there.getHost().equalsIgnoreCase(base.getHost())
                        && port(there) == port(base);
        boolean below =
                path.startsWith(root)
                        && (path.length() == root.length()
                                || root.endsWith("/")
                                || path.charAt(root.length()) == '/');
        if (!origin || !below || path.contains("/../")) {
            return null;
        }
        String rest = path.substring(root.length());
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /// Query and fragment; the agent must not send what the edge adds.
    private String tail(URI there) {
        String query = there.getRawQuery();
        String left =
                query == null
                        ? ""
                        : Arrays.stream(query.split("&", -1))
                                .filter(pair -> injected.isEmpty() || !named(pair))
                                .collect(Collectors.joining("&"));
        return (left.isEmpty() ? "" : "?" + left)
                + (there.getRawFragment() == null ? "" : "#" + there.getRawFragment());
    }

    private boolean named(String pair) {
        String name = pair.split("=", 2)[0];
        return java.net.URLDecoder.decode(name, java.nio.charset.StandardCharsets.UTF_8)
                .equalsIgnoreCase(injected);
    }

    private static String withoutUser(URI there) {
        return there.getRawUserInfo() == null
                ? there.toString()
                : there.toString().replaceFirst("//[^/?#]*@", "//");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0
                ? uri.getPort()
                : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
