package dev.daypass.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Signs a request as it is sent. What it signs is final: nothing is changed after it.
interface RequestSigner {
    /// Whether it must see the whole body before the first byte is sent.
    ///
    /// @param tls whether the connection is encrypted
    boolean wantsBody(boolean tls);

    /// The target in the only spelling that the service signs alike.
    default String target(String target) {
        return target;
    }

    /// Adds the fields that prove who asks.
    ///
    /// @return what must not come back
    Needles sign(Outgoing request);

    /// A request on its way out.
    ///
    /// @param method as on the wire
    /// @param tls whether the connection is encrypted
    /// @param authority host, and port where it is not the scheme's own
    /// @param target path and query
    /// @param headers all fields so far; the signer adds to them
    /// @param body all of it; `null` where it is not known yet
    /// @param call whose it is
    record Outgoing(
            String method,
            boolean tls,
            String authority,
            String target,
            MultiMap headers,
            @Nullable Buffer body,
            Call.Permitted call) {
        @Override
        public String toString() {
            return "Outgoing[" + method + "]";
        }

        String path() {
            int mark = target.indexOf('?');
            return mark < 0 ? target : target.substring(0, mark);
        }

        /// With its `?`; empty for none.
        String query() {
            int mark = target.indexOf('?');
            return mark < 0 ? "" : target.substring(mark);
        }

        String scheme() {
            return tls ? "https" : "http";
        }
    }
}
