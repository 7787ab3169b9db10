package dev.daypass.broker;

import dev.daypass.catalog.PublicAddress;
import dev.daypass.vault.Access;
import dev.daypass.vault.Credential;
import dev.daypass.vault.TokenClient;
import dev.daypass.vault.UpstreamTls;
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
        if (PublicAddress.ambiguous(uri.getHost())) {
            throw new WireException(
                    "`upstream`: an IPv4 address is written as four decimal numbers");
        }
        if (!allowPrivate) {
            requirePublic(uri.getHost());
        }
        return uri.getRawPath().endsWith("/")
                ? URI.create(text.substring(0, text.length() - 1))
                : uri;
    }

    /// Judges the other addresses that a service's credential leads to.
    ///
    /// @throws WireException as [#check(String, boolean)], or where keys or certificates would
    ///   cross the network in the clear
    static void check(Access access, URI upstream, boolean allowPrivate) {
        switch (access.credential()) {
            case Credential.ClientCredentials(var client) -> endpoint(client, allowPrivate);
            case Credential.RefreshToken(var client, var _) -> endpoint(client, allowPrivate);
            case Credential.None _,
                    Credential.Bearer _,
                    Credential.Basic _,
                    Credential.Header _,
                    Credential.Query _,
                    Credential.Cookie _,
                    Credential.AwsSigV4 _,
                    Credential.Signature _ -> {}
        }
        if (!access.tls().equals(UpstreamTls.ORDINARY) && !"https".equals(upstream.getScheme())) {
            throw new WireException("`tls` is for an upstream that starts with https://");
        }
    }

    private static void endpoint(TokenClient client, boolean allowPrivate) {
        try {
            check(client.tokenUrl(), allowPrivate);
        } catch (WireException e) {
            throw new WireException(
                    String.valueOf(e.getMessage()).replace("`upstream`", "`token_url`"));
        }
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
