package dev.daypass.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// The issuer's URL, which every token carries and every verifier compares character by character.
final class IssuerUrl {
    static final String EXPECTED =
            "an https URL without user, query, fragment or trailing slash, such as"
                    + " https://daypass.example:8443";

    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[!-~]{1,255}");
    private static final int PORT_MAX = 65_535;

    private IssuerUrl() {}

    /// RFC 8414, section 2: https, no query, no fragment. At most 255 characters.
    static boolean isIssuer(String text) {
        if (!PRINTABLE_ASCII.matcher(text).matches() || text.endsWith("/")) {
            return false;
        }
        try {
            URI uri = new URI(text).parseServerAuthority();
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && portIsUsable(uri);
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// The issuer of a server that is told no name. Port 0 stands for one that is not known yet.
    static String onThisMachine(int port) {
        return "https://localhost:" + port;
    }

    private static boolean portIsUsable(URI uri) {
        return uri.getPort() == -1
                ? !uri.getRawAuthority().endsWith(":")
                : uri.getPort() > 0 && uri.getPort() <= PORT_MAX;
    }
}
