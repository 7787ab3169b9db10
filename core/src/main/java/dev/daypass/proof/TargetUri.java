package dev.daypass.proof;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One spelling for all spellings of an HTTP URL (RFC 9449, section 4.3; RFC 3986, sections 6.2.2
/// and 6.2.3).
final class TargetUri {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private TargetUri() {}

    /// Without query and fragment; `null` for what is no URL of HTTP, or has a user in it.
    static @Nullable String normal(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        String path = uri.getRawPath();
        boolean http = scheme.equals("http") || scheme.equals("https");
        if (!http || host == null || path == null || uri.getRawUserInfo() != null) {
            return null;
        }
        String decoded = decoded(path);
        return decoded == null
                ? null
                : "%s://%s%s%s"
                        .formatted(
                                scheme,
                                host.toLowerCase(Locale.ROOT),
                                port(scheme, uri.getPort()),
                                withoutDots(decoded));
    }

    private static String port(String scheme, int port) {
        boolean usual = port == (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
        return port < 0 || usual ? "" : ":" + port;
    }

    /// Escapes of characters that need none are undone, all others are in upper case. `null` for
    /// characters beyond ASCII.
    private static @Nullable String decoded(String path) {
        var out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c > '~') {
                return null;
            }
            if (c != '%') {
                out.append(c);
                continue;
            }
            String hex = path.substring(i + 1, i + 3);
            char meant = (char) Integer.parseInt(hex, 16);
            if (unreserved(meant)) {
                out.append(meant);
            } else {
                out.append('%').append(hex.toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return out.toString();
    }

    private static boolean unreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~".indexOf(c) >= 0;
    }

    /// RFC 3986, section 5.2.4, for a path that is empty or begins with `/`.
    private static String withoutDots(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        String[] segments = path.substring(1).split("/", -1);
        var kept = new ArrayDeque<String>();
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) {
                        kept.addLast("");
                    }
                }
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }
}
