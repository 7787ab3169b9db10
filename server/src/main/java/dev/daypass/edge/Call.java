package dev.daypass.edge;

import dev.daypass.dpop.Proofs;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Permission;
import dev.daypass.token.VerifiedToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    /// @param shown what is to prove that the token is the caller's
    record Authenticated(Arrived arrived, ServiceRoute route, String token, Shown shown) {
        @Override
        public String toString() {
            return "Authenticated[" + arrived.service() + "]";
        }
    }

    /// What a caller shows beside its token.
    sealed interface Shown {
        /// @param key the certificate that the connection proved
        record Certificate(KeyThumbprint.Certificate key) implements Shown {}

        /// Not judged yet.
        ///
        /// @param fields every `DPoP` field
        record Proof(List<String> fields) implements Shown {
            public Proof {
                fields = List.copyOf(fields);
            }
        }

        /// @param why no certificate counts
        record Nothing(String why) implements Shown {}
    }

    /// @param from the call
    /// @param token its token, found right
    /// @param proof its proof, found right; `null` where the token needs none
    record Verified(
            Authenticated from, VerifiedToken token, Proofs.Verdict.@Nullable Proved proof) {
        AccountId account() {
            return token.account();
        }

        Arrived arrived() {
            return from.arrived();
        }
    }

    /// @param verified the call
    /// @param canonical the request in the form that is matched and sent
    record Read(Verified verified, CanonicalRequest canonical) {
        Permitted permitted(Permission by, Payload payload) {
            return new Permitted(verified, canonical, by, payload);
        }
    }

    /// The body of a call on its way to the service.
    sealed interface Payload {
        /// It comes while it goes out.
        record Streaming() implements Payload {}

        /// It was judged, and goes out as it was.
        ///
        /// @param bytes all of it
        record Held(Buffer bytes) implements Payload {
            @Override
            public String toString() {
                return "Held[" + bytes.length() + " bytes]";
            }
        }

        /// Nobody judged it, but all of it is there before anything is sent.
        ///
        /// @param bytes all of it; empty for none
        record Whole(Buffer bytes) implements Payload {
            @Override
            public String toString() {
                return "Whole[" + bytes.length() + " bytes]";
            }
        }
    }

    /// @param verified the call
    /// @param canonical the request in the form that is matched and sent
    /// @param by the permission that covers it
    /// @param payload its body
    record Permitted(
            Verified verified, CanonicalRequest canonical, Permission by, Payload payload) {
        Arrived arrived() {
            return verified.arrived();
        }

        AccountId account() {
            return verified.account();
        }

        Permitted with(Payload other) {
            return new Permitted(verified, canonical, by, other);
        }
    }
}
