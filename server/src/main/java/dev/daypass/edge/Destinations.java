package dev.daypass.edge;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.function.Predicate;

/// Judges where a connection really leads, before anything is sent over it: a name that led to the
/// open internet when its service was registered may lead inside by now.
///
/// @param permitted where services may stand
record Destinations(Predicate<InetAddress> permitted) {
    /// Whether the connection of a request that was not sent yet may be used; where not, it is
    /// closed.
    boolean permits(HttpClientRequest request) {
        SocketAddress there = request.connection().remoteAddress();
        String ip = there == null ? null : there.hostAddress();
        if (ip != null && permitted.test(InetAddress.ofLiteral(withoutZone(ip)))) {
            return true;
        }
        request.reset();
        request.connection().close();
        return false;
    }

    private static String withoutZone(String ip) {
        int zone = ip.indexOf('%');
        return zone < 0 ? ip : ip.substring(0, zone);
    }
}
