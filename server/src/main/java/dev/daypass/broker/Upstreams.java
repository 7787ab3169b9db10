package dev.daypass.broker;

import dev.daypass.catalog.PublicAddress;
import dev.daypass.wire.WireException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/// Judges the address of a service before it is registered.
final class Upstreams {
    private Upstreams() {}

    /// @throws WireException if it is not a plain http or https URL, or leads where operators did
    ///   not allow
    static URI check(String text, boolean allowPrivate) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            throw new WireException("`upstream` is not a URL");
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain =
                uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && uri.getRawUserInfo() == null;
        if (!http || uri.getHost() == null || !plain || uri.getRawPath().contains("..")) {
            throw new WireException(
                    "`upstream` must be http:// or https:// with a host, without query, fragment or user");
        }
        if (!allowPrivate) {
            requirePublic(uri.getHost());
        }
        return uri.getRawPath().endsWith("/")
                ? URI.create(text.substring(0, text.length() - 1))
                : uri;
    }

    private static void requirePublic(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!PublicAddress.is(address)) {
                    throw new WireException(
                            "`upstream` leads to a private address; "
                                    + "set `edge.allow_private_upstreams: true` if that is meant");
                }
            }
        } catch (UnknownHostException _) {
            throw new WireException("`upstream`: no such host");
        }
    }
}
