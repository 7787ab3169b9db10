package dev.daypass.edge;

import dev.daypass.identity.AccountId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of an upstream request: the agent's that may cross, the credential, the account's
/// cookies, and last of all the signature.
final class OutgoingFields {
    private static final String COOKIE = "cookie";

    private final EdgeParts parts;

    OutgoingFields(EdgeParts parts) {
        this.parts = parts;
    }

    /// @return what must not come back
    Needles fill(Call.Permitted call, Injection injection, HttpClientRequest upstream) {
        return fill(call, injection, upstream, call.arrived().request().headers());
    }

    /// @param given what crosses, by the same rules, in place of the agent's fields
    Needles fill(
            Call.Permitted call, Injection injection, HttpClientRequest upstream, MultiMap given) {
        return fill(call, injection, given, upstream.headers());
    }

    /// @param to the fields of a request that is made elsewhere
    Needles fill(Call.Permitted call, Injection injection, MultiMap given, MultiMap to) {
        HeaderRules.toService(given, to, injection.header());
        if (!call.by().answer().isNone()) {
            LimitedAnswer.asked(to);
        }
        to.set("accept-encoding", "identity"); // what is compressed cannot be searched for echoes
        if (!injection.header().isEmpty()) {
            to.set(injection.header(), injection.value());
        }
        body(call, to);
        Needles cookies = cookies(call, injection, to);
        RequestSigner signer = injection.means().signer();
        Needles signature =
                signer == null ? Needles.NONE : signer.sign(outgoing(call, injection, to));
        return injection.echoes().and(cookies).and(signature);
    }

    private static void body(Call.Permitted call, MultiMap to) {
        switch (call.payload()) {
            case Call.Payload.Streaming _ -> {
                // Its length is told with its first bytes.
            }
            case Call.Payload.Held(var bytes) -> {
                // Said anew: `Connection` may have named the agent's own away.
                if (bytes.length() > 0) {
                    to.set("content-type", "application/json");
                }
                to.set("content-length", String.valueOf(bytes.length()));
            }
            case Call.Payload.Whole(var bytes) -> {
                if (bytes.length() > 0
                        || call.arrived().request().getHeader("content-length") != null) {
                    to.set("content-length", String.valueOf(bytes.length()));
                }
            }
        }
    }

    private static RequestSigner.Outgoing outgoing(
            Call.Permitted call, Injection injection, MultiMap headers) {
        return new RequestSigner.Outgoing(
                call.canonical().method().name(),
                UpstreamTarget.tls(call),
                UpstreamTarget.authority(call),
                UpstreamTarget.target(call, injection),
                headers,
                known(call.payload()),
                call);
    }

    private static @Nullable Buffer known(Call.Payload payload) {
        return switch (payload) {
            case Call.Payload.Streaming _ -> null;
            case Call.Payload.Held(var bytes) -> bytes;
            case Call.Payload.Whole(var bytes) -> bytes;
        };
    }

    /// The account's cookies, after the one that is injected.
    private Needles cookies(Call.Permitted call, Injection injection, MultiMap to) {
        CookieJar jar = injection.means().jar() ? present(call) : null;
        if (jar == null) {
            return Needles.NONE;
        }
        String own = jar.field(place(call, injection), parts.clock().instant());
        if (!own.isEmpty()) {
            String injected = injection.header().equalsIgnoreCase(COOKIE) ? injection.value() : "";
            to.set(COOKIE, injected.isEmpty() ? own : injected + "; " + own);
        }
        return jar.needles();
    }

    private @Nullable CookieJar present(Call.Permitted call) {
        return parts.view()
                .jars()
                .present(call.account(), call.arrived().service(), UpstreamTarget.base(call));
    }

    private static CookieJar.Place place(Call.Permitted call, Injection injection) {
        String target = UpstreamTarget.target(call, injection);
        int mark = target.indexOf('?');
        return new CookieJar.Place(
                UpstreamTarget.base(call).getHost(),
                mark < 0 ? target : target.substring(0, mark),
                UpstreamTarget.tls(call));
    }

    /// Puts the cookies of an answer into the account's jar, where its service has one.
    ///
    /// @return what of them must not reach the agent
    Needles keepCookies(Call.Permitted call, Injection injection, HttpClientResponse from) {
        List<String> set = from.headers().getAll("set-cookie");
        if (!injection.means().jar() || set.isEmpty()) {
            return Needles.NONE;
        }
        AccountId account = call.account();
        CookieJar jar =
                parts.view()
                        .jars()
                        .jar(account, call.arrived().service(), UpstreamTarget.base(call));
        jar.store(set, place(call, injection), parts.clock().instant());
        // An account that ended just now must not leave a jar behind.
        boolean over =
                parts.view().ended(account)
                        || !call.verified()
                                .token()
                                .claims()
                                .expiresAt()
                                .isAfter(parts.clock().instant());
        if (over) {
            parts.view().jars().end(account);
        }
        return jar.needles();
    }
}
