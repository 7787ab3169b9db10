package dev.daypass.examples.live;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An organisation's login: it publishes its keys over HTTP and signs tokens of its users.
final class Login implements AutoCloseable {
    static final String AUDIENCE = "daypass";
    static final String EVENTS = "https://daypass.example/events";
    static final String SESSION_REVOKED =
            "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private final HttpServer http;
    private final InstantSource clock;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile ECKey key = key("one");

    private Login(HttpServer http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    static Login start(InstantSource clock) {
        try {
            var http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var login = new Login(http, clock);
            http.createContext(
                    "/jwks",
                    exchange -> {
                        login.fetches.incrementAndGet();
                        byte[] body = login.jwks().getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        try (OutputStream out = exchange.getResponseBody()) {
                            out.write(body);
                        }
                    });
            http.start();
            return login;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ECKey key(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    String jwks() {
        return "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}";
    }

    int fetches() {
        return fetches.get();
    }

    /// From now on it signs with another key, and publishes that one only.
    void rotate(String kid) {
        key = key(kid);
    }

    /// A good token of a user.
    String token(String user, String... groups) {
        return token(user, List.of(groups), _ -> {});
    }

    /// The same with something else in it.
    String token(String user, List<String> groups, Consumer<Map<String, Json>> change) {
        return signed(JWSAlgorithm.ES256, key.getKeyID(), claims(user, groups, change));
    }

    private String claims(String user, List<String> groups, Consumer<Map<String, Json>> change) {
        long now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Json>();
        claims.put("iss", Json.of(url()));
        claims.put("sub", Json.of(user));
        claims.put("aud", Json.of(AUDIENCE));
        claims.put("iat", Json.of(now));
        claims.put("exp", Json.of(now + 3_600));
        claims.put("groups", Json.strings(groups));
        change.accept(claims);
        return Json.obj(claims).text();
    }

    private String signed(JWSAlgorithm algorithm, String kid, String claims) {
        try {
            var signed =
                    new JWSObject(
                            new JWSHeader.Builder(algorithm).keyID(kid).build(),
                            new Payload(claims));
            signed.sign(
                    algorithm.equals(JWSAlgorithm.ES256)
                            ? new ECDSASigner(key)
                            : new MACSigner(
                                    key.toPublicJWK()
                                            .toJSONString()
                                            .getBytes(StandardCharsets.UTF_8)));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /// With a name that no key has.
    String ofUnknownKey(String user) {
        return signed(JWSAlgorithm.ES256, "nobody's", claims(user, List.of("staff"), _ -> {}));
    }

    /// With the public key as the secret of a MAC.
    String withMac(String user) {
        return signed(JWSAlgorithm.HS256, key.getKeyID(), claims(user, List.of("staff"), _ -> {}));
    }

    String unsigned(String user) {
        String header = "{\"alg\":\"none\",\"kid\":\"%s\"}".formatted(key.getKeyID());
        return part(header) + "." + part(claims(user, List.of("staff"), _ -> {})) + ".";
    }

    /// A good event of a user (RFC 8417; CAEP 1.0).
    String event(String user, String tokenId) {
        return event("secevent+jwt", user, tokenId, _ -> {});
    }

    /// The same with something else in it.
    String event(String type, String user, String tokenId, Consumer<Map<String, Json>> change) {
        try {
            var signed = new JWSObject(eventHeader(type), new Payload(told(user, tokenId, change)));
            signed.sign(new ECDSASigner(key));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private JWSHeader eventHeader(String type) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build();
    }

    private String told(String user, String tokenId, Consumer<Map<String, Json>> change) {
        var claims = new LinkedHashMap<String, Json>();
        claims.put("iss", Json.of(url()));
        claims.put("aud", Json.of(EVENTS));
        claims.put("iat", Json.of(clock.instant().getEpochSecond()));
        claims.put("jti", Json.of(tokenId));
        claims.put(
                "sub_id",
                Json.object().put("format", "iss_sub").put("iss", url()).put("sub", user).build());
        claims.put("events", Json.object().put(SESSION_REVOKED, Json.object().build()).build());
        change.accept(claims);
        return Json.obj(claims).text();
    }

    /// The same without a signature.
    String unsignedEvent(String user) {
        String header =
                "{\"alg\":\"none\",\"typ\":\"secevent+jwt\",\"kid\":\"%s\"}"
                        .formatted(key.getKeyID());
        return part(header) + "." + part(told(user, "none", _ -> {})) + ".";
    }

    private static String part(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
