package dev.daypass.examples.live;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An agent that has no client certificate, and proves a key of its own with each call.
final class Prover {
    private final URI edge;
    private final HttpClient http;
    private final ECKey key;
    private String nonce = "";

    /// @param owner whose server and authority it knows
    Prover(Agent owner) {
        this.edge = owner.server();
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(Tls.anonymous(owner.authority()))
                        .build();
        try {
            this.key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /// Its public key, as `key` of a request for an account.
    Json key() {
        return Json.object().put("jwk", Json.parse(key.toPublicJWK().toJSONString())).build();
    }

    /// What must never be sent.
    Json privateKey() {
        return Json.object().put("jwk", Json.parse(key.toJSONString())).build();
    }

    /// Takes the nonce of an answer.
    void hear(HttpResponse<String> answer) {
        answer.headers().firstValue("dpop-nonce").ifPresent(newer -> nonce = newer);
    }

    Agent.Opened open(Agent owner, String task) {
        return owner.open(Json.object().put("task", task).put("key", key()).build());
    }

    /// A proof for a call, with the newest nonce.
    String proof(String method, String path, Secret token) {
        return proof(method, path, token, UnaryOperator.identity());
    }

    String proof(
            String method,
            String path,
            @Nullable Secret token,
            UnaryOperator<JWTClaimsSet.Builder> change) {
        String uri = edge.resolve(path).toString();
        var request =
                token == null
                        ? ProvedRequest.of(method, uri)
                        : ProvedRequest.with(token.reveal(), method, uri);
        var claims =
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", request.method())
                        .claim("htu", request.uri())
                        .issueTime(Date.from(Instant.now()))
                        .claim("ath", request.tokenHash())
                        .claim("nonce", nonce.isEmpty() ? null : nonce);
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build();
        try {
            var jwt = new SignedJWT(header, change.apply(claims).build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /// Calls as a good client does: a fresh proof, and once more with a nonce if one is wanted.
    HttpResponse<String> call(String method, String path, Secret token) {
        HttpResponse<String> first = send(method, path, token, proof(method, path, token));
        return wanted(first).isEmpty()
                ? first
                : send(method, path, token, proof(method, path, token));
    }

    /// The `error` of a challenge that wants a nonce; empty for any other answer.
    static String wanted(HttpResponse<String> answer) {
        return challenge(answer).contains("error=\"use_dpop_nonce\"") ? "use_dpop_nonce" : "";
    }

    static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("www-authenticate").orElse("");
    }

    /// @param proof `null` for none
    HttpResponse<String> send(String method, String path, Secret token, @Nullable String proof) {
        String authorization = "DPoP " + token.reveal();
        return proof == null
                ? send(method, path, authorization)
                : send(method, path, authorization, new String[] {proof});
    }

    HttpResponse<String> send(String method, String path, String authorization, String... proofs) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(edge.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("authorization", authorization);
        for (String proof : proofs) {
            request.header("dpop", proof);
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            hear(answer);
            return answer;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
