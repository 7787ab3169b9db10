package dev.daypass.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// The address of a model.
final class ModelUrl {
    /// Stands for the provider's own address.
    static final String PROVIDERS_OWN = "default";

    static final String EXPECTED =
            "default for the provider's own, or an http or https URL without user, query, fragment or trailing slash, such as https://models.example/v1";

    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[!-~]{1,500}");

    private ModelUrl() {}

    static boolean isModelUrl(String text) {
        if (text.equals(PROVIDERS_OWN)) {
            return true;
        }
        if (!PRINTABLE_ASCII.matcher(text).matches() || text.endsWith("/")) {
            return false;
        }
        try {
            URI uri = new URI(text).parseServerAuthority();
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// Whether a key sent there could be read on the way.
    static boolean isOpen(String url) {
        URI uri = URI.create(url);
        String host = uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
        return "http".equals(uri.getScheme()) && !Hosts.isLoopback(host);
    }
}
