package dev.daypass.edge;

import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Permission;
import dev.daypass.token.VerifiedToken;
import io.vertx.core.http.HttpServerRequest;

/// A call on its way down the line: each step hands on what is known by then.
final class Call {
    private Call() {}

    /// @param request as it arrived
    /// @param method HTTP method
    /// @param service the first path segment
    /// @param target the rest of the target, starting with `/`
    /// @param ip where it comes from
    record Arrived(
            HttpServerRequest request,
            HttpMethod method,
            ServiceId service,
            String target,
            String ip) {}

    /// @param arrived the call
    /// @param route where its service is
    /// @param token what was sent as access token
    /// @param shown the key that the connection proved
    record Authenticated(
            Arrived arrived, ServiceRoute route, String token, KeyThumbprint.Certificate shown) {
        @Override
        public String toString() {
            return "Authenticated[" + arrived.service() + "]";
        }
    }

    /// @param from the call
    /// @param token its token, found right
    record Verified(Authenticated from, VerifiedToken token) {
        AccountId account() {
            return token.account();
        }

        Arrived arrived() {
            return from.arrived();
        }
    }

    /// @param verified the call
    /// @param canonical the request in the form that is matched and sent
    /// @param by the permission that covers it
    record Permitted(Verified verified, CanonicalRequest canonical, Permission by) {
        Arrived arrived() {
            return verified.arrived();
        }

        AccountId account() {
            return verified.account();
        }
    }
}
