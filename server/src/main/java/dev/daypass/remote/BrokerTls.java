package dev.daypass.remote;

import io.vertx.core.net.ClientSSLOptions;
import javax.net.ssl.SSLContext;

/// Who an edge is to its brokers, and whom it believes to be one: the same for each request and for
/// the connection that stays open.
///
/// @param requests TLS of requests
/// @param feed TLS of the connection that stays open
public record BrokerTls(SSLContext requests, ClientSSLOptions feed) {
    @Override
    public String toString() {
        return "BrokerTls[redacted]";
    }
}
