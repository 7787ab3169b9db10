package dev.daypass.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/// Where a call goes, and what the service says of places in return.
final class UpstreamTarget {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private UpstreamTarget() {}

    static boolean tls(Call.Permitted call) {
        return "https".equals(base(call).getScheme());
    }

    static URI base(Call.Permitted call) {
        return call.verified().from().route().upstream();
    }

    /// Path and query as they are sent, in the one spelling that a signer wants.
    static String target(Call.Permitted call, Injection injection) {
        String root = base(call).getRawPath();
        String path = root == null || root.equals("/") ? "" : root;
        // Every message to an MCP server goes to the one address where it listens.
        boolean mcp = call.verified().from().route().pins() != null;
        String target = mcp ? path.isEmpty() ? "/" : path : path + call.canonical().target();
        if (!injection.query().isEmpty()) {
            target += (target.indexOf('?') < 0 ? "?" : "&") + injection.query();
        }
        RequestSigner signer = injection.means().signer();
        return signer == null ? target : signer.target(target);
    }

    /// Host, and port where it is not the scheme's own.
    static String authority(Call.Permitted call) {
        URI base = base(call);
        int usual = tls(call) ? HTTPS : HTTP;
        return base.getPort() < 0 || base.getPort() == usual
                ? base.getHost()
                : base.getHost() + ":" + base.getPort();
    }

    static RequestOptions options(Call.Permitted call, Injection injection) {
        URI base = base(call);
        boolean tls = tls(call);
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(call.canonical().method().name()))
                        .setHost(base.getHost())
                        .setPort(base.getPort() >= 0 ? base.getPort() : tls ? HTTPS : HTTP)
                        .setSsl(tls)
                        .setURI(target(call, injection))
                        .setFollowRedirects(false);
        if (injection.means().tls() != null) {
            options.setSslOptions(injection.means().tls());
        }
        return options;
    }

    /// Makes the places that an answer names places at the edge.
    static void redirect(Call.Permitted call, Injection injection, MultiMap headers) {
        for (String name : new String[] {"location", "content-location"}) {
            String value = headers.get(name);
            if (value == null) {
                continue;
            }
            String there =
                    new Redirects(
                                    call.arrived().service().value(),
                                    base(call),
                                    injection.queryName())
                            .rewrite(value, target(call, injection));
            if (there == null) {
                headers.remove(name);
            } else {
                headers.set(name, there);
            }
        }
    }
}
