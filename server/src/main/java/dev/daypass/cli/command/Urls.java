package dev.daypass.cli.command;

import java.net.URI;
import java.net.URISyntaxException;

/// Addresses of servers.
final class Urls {
    private Urls() {}

    /// @throws CommandFailure if it is no `http` or `https` URL of a host
    static URI parse(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw new CommandFailure(
                "`%s` is not a server's address; expected for example https://localhost:8443"
                        .formatted(withoutUser(text)));
    }

    /// A URL without the user and password that it may hold.
    static String withoutUser(String url) {
        return url.replaceAll("//[^/@]*@", "//");
    }
}
