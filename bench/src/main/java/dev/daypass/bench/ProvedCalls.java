package dev.daypass.bench;

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
import dev.daypass.authority.CryptoProvider;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.Json;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/// Calls without TLS, each with a proof of its own (RFC 9449): the edge checks a signature for
/// each.
final class ProvedCalls implements Load.Traffic {
    private static final String NONCE = "dpop-nonce";

    private final String issuer;
    private final URI edge;
    private final JWSHeader header;
    private final ECDSASigner signer;
    private final List<Deployment.Opened> accounts;
    private volatile String nonce = "";

    private ProvedCalls(Deployment deployment, ECKey key) throws JOSEException {
        this.issuer = "https://localhost:" + deployment.server().port("agents");
        this.edge = URI.create("http://127.0.0.1:" + deployment.plainPort());
        this.header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build();
        this.signer = new ECDSASigner(key);
        Json jwk = Json.parse(key.toPublicJWK().toJSONString());
        this.accounts =
                deployment.accounts(
                        Json.object()
                                .put("task", CallBench.TASK)
                                .put("key", Json.object().put("jwk", jwk).build()));
    }

    static ProvedCalls to(Deployment deployment) {
        CryptoProvider.install(); // or a proof takes longer to make than to check
        try {
            return new ProvedCalls(deployment, new ECKeyGenerator(Curve.P_256).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("no key", e);
        }
    }

    /// Gets a nonce that is good for a minute at least.
    ProvedCalls fresh() {
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer =
                    http.send(
                            HttpRequest.newBuilder(edge.resolve(CallBench.THROUGH_EDGE))
                                    .header("authorization", "DPoP " + token(0))
                                    .header("dpop", proof(token(0)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            answer.headers().firstValue(NONCE).ifPresent(newer -> nonce = newer);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String token(int connection) {
        return accounts.get(connection % accounts.size()).token();
    }

    private String proof(String token) {
        ProvedRequest request =
                ProvedRequest.with(token, "GET", issuer + "/" + Deployment.SERVICE + "/offers");
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", request.method())
                        .claim("htu", request.uri())
                        .claim("ath", request.tokenHash())
                        .claim("nonce", nonce)
                        .issueTime(Date.from(Instant.now()))
                        .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("no proof", e);
        }
    }

    @Override
    public FullHttpRequest next(int connection) {
        FullHttpRequest request = Requests.get(CallBench.THROUGH_EDGE, "");
        request.headers()
                .set("authorization", "DPoP " + token(connection))
                .set("dpop", proof(token(connection)));
        return request;
    }

    @Override
    public boolean answered(int connection, int status, ByteBuf body) {
        return status == 200;
    }

    @Override
    public void heard(HttpHeaders headers) {
        String newer = headers.get(NONCE);
        if (newer != null) {
            nonce = newer;
        }
    }
}
