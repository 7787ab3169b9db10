package dev.daypass.edge;

import dev.daypass.vault.Credential;
import dev.daypass.vault.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs for AWS (Signature Version 4) with AWS's own library. Signed are method, path, query,
/// `host`, `content-type`, `content-md5`, `range` and every `x-amz-` field, and the body's SHA-256.
/// A body is held for that; only to `s3` over TLS it streams, as `UNSIGNED-PAYLOAD`.
final class AwsSigner implements RequestSigner {
    private static final String S3 = "s3";
    private static final Set<String> SIGNED = Set.of("content-type", "content-md5", "range");
    private static final Set<String> OURS =
            Set.of("x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "authorization");

    /// What our canonical paths leave bare and AWS encodes.
    private static final String BARE = "!$'()*,:@";

    private final Credential.AwsSigV4 credential;
    private final AwsCredentialsIdentity identity;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Clock clock;

    AwsSigner(Credential.AwsSigV4 credential, InstantSource clock) {
        this.credential = credential;
        this.clock = clock.withZone(ZoneOffset.UTC);
        Secret session = credential.sessionToken();
        this.identity =
                session == null
                        ? AwsCredentialsIdentity.create(
                                credential.accessKeyId(), credential.secretKey().reveal())
                        : AwsSessionCredentialsIdentity.create(
                                credential.accessKeyId(),
                                credential.secretKey().reveal(),
                                session.reveal());
    }

    @Override
    public boolean wantsBody(boolean tls) {
        return !(tls && s3());
    }

    private boolean s3() {
        return credential.service().equals(S3);
    }

    @Override
    public String target(String target) {
        int mark = target.indexOf('?');
        int end = mark < 0 ? target.length() : mark;
        var out = new StringBuilder();
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            if (BARE.indexOf(c) >= 0) {
                out.append("%%%02X".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(target, end, target.length()).toString();
    }

    @Override
    public Needles sign(Outgoing request) {
        MultiMap headers = request.headers();
        OURS.forEach(headers::remove);
        Buffer body = request.body();
        var asked =
                SignRequest.builder(identity)
                        .request(toSign(request))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, credential.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, credential.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3())
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3())
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, body != null)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock);
        if (body != null && body.length() > 0) {
            byte[] bytes = body.getBytes();
            asked.payload(() -> new ByteArrayInputStream(bytes));
        }
        return put(signer.sign(asked.build()), headers);
    }

    private static SdkHttpRequest toSign(Outgoing request) {
        var out =
                SdkHttpRequest.builder()
                        .uri(
                                URI.create(
                                        request.scheme()
                                                + "://"
                                                + request.authority()
                                                + request.target()))
                        .method(SdkHttpMethod.fromValue(request.method()));
        request.headers()
                .forEach((name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (SIGNED.contains(lower) || lower.startsWith("x-amz-")) {
                        out.appendHeader(lower, value);
                    }
                });
        return out.build();
    }

    private Needles put(SignedRequest signed, MultiMap headers) {
        var secrets = new ArrayList<String>();
        signed.request()
                .forEachHeader((name, values) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (OURS.contains(lower)) {
                        headers.set(lower, values.getFirst());
                    }
                });
        String authorization = Objects.requireNonNull(headers.get("authorization"));
        secrets.add(authorization.substring(authorization.lastIndexOf('=') + 1));
        Secret session = credential.sessionToken();
        if (session != null) {
            secrets.add(session.reveal());
        }
        return Needles.of(List.copyOf(secrets));
    }
}
