package dev.daypass.bench;

import dev.daypass.authority.CryptoProvider;
import dev.daypass.authority.SigningKeys;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Form;
import dev.daypass.http.Listener;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/// What a token costs at the least: reads a form, looks its client up in a map, signs twelve claims
/// and answers, over mutual TLS. No policy, no record. The reference of opening an account.
public final class BareIssuer {
    static final String PATH = "/token";

    private static final int HEADER_BYTES_MAX = 16_384;
    private static final int IDLE_SECONDS = 120;
    private static final int JTI_BYTES = 16;

    private final SigningKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> clients = Map.of("buybot", "spiffe://bench/agent/buybot");

    private BareIssuer(SigningKeys keys) {
        this.keys = keys;
    }

    /// @param arguments directory of the signing key; directory of `chain.pem`, `key.pem` and
    ///   `anchors.pem`
    public static void main(String[] arguments) throws IOException {
        CryptoProvider.install();
        var issuer = new BareIssuer(SigningKeys.load(Path.of(arguments[0])));
        Path tls = Path.of(arguments[1]);
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        Routes routes =
                Routes.of(
                        List.of(
                                Routes.Route.of(
                                        HttpMethod.POST, PATH, Endpoint.direct(issuer::token))));
        Listener.Bound bound =
                Listener.plain(IDLE_SECONDS, HEADER_BYTES_MAX)
                        .secured(
                                new Listener.Tls(
                                        Files.readString(tls.resolve("chain.pem")),
                                        Files.readString(tls.resolve("key.pem")),
                                        Files.readString(tls.resolve("anchors.pem"))))
                        .bind(vertx, "127.0.0.1", 0, 1, _ -> new Dispatcher(routes))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        ChildMain.serve(Json.object().put("https", bound.port()).build());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Response token(Request request) {
        Form form = Form.parse(request.body().text());
        String subject = clients.get(form.getOr("client_id", ""));
        if (subject == null || request.peer().certificate() == null) {
            return Response.json(401, Json.object().put("error", "invalid_client").build());
        }
        return Response.json(
                200,
                Json.object()
                        .put("access_token", keys.sign(claims(subject)))
                        .put("token_type", "Bearer")
                        .put("expires_in", 600)
                        .build());
    }

    private String claims(String subject) {
        byte[] jti = new byte[JTI_BYTES];
        random.nextBytes(jti);
        long now = System.currentTimeMillis() / 1_000;
        return Json.object()
                .put("iss", "https://localhost:8443")
                .put("sub", subject)
                .put("client_id", "buybot")
                .put("aud", "https://localhost:8443/flights")
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + 600)
                .put("jti", Base64Url.encode(jti))
                .put("scope", "offers")
                .put("tenant", "default")
                .put("task_id", "task_1")
                .put("rsh", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
                .build()
                .text();
    }
}
