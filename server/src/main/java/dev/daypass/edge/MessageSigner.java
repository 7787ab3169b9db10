package dev.daypass.edge;

import dev.daypass.token.Claims;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Signs requests with Daypass's own key (RFC 9421, section 3.1), so that a service that knows the
/// published keys needs no secret. Signed are method, authority, path, query, the body's digest
/// (RFC 9530) and who asks: agent and account.
final class MessageSigner implements RequestSigner {
    private static final int LIFE_SECONDS = 60;
    private static final int NONCE_BYTES = 16;
    private static final String AGENT = "daypass-agent";
    private static final String ACCOUNT = "daypass-account";
    private static final String DIGEST = "content-digest";

    private final Edge.OwnKey key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    MessageSigner(Edge.OwnKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    @Override
    public boolean wantsBody(boolean tls) {
        return true;
    }

    @Override
    public Needles sign(Outgoing request) {
        MultiMap headers = request.headers();
        Claims claims = request.call().verified().token().claims();
        headers.set(AGENT, "\"" + claims.agent().value() + "\"");
        headers.set(ACCOUNT, "\"" + claims.account().value() + "\"");
        headers.set(DIGEST, digest(Objects.requireNonNull(request.body())));
        Map<String, String> components = components(request);
        var input = new String[1];
        byte[] signature =
                key.sign(kid -> {
                    input[0] = parameters(components, kid);
                    return base(components, input[0]).getBytes(StandardCharsets.US_ASCII);
                });
        headers.set("signature-input", "daypass=" + input[0]);
        headers.set("signature", "daypass=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return Needles.NONE; // good for this request only, and only for a minute
    }

    private static Map<String, String> components(Outgoing request) {
        var out = new LinkedHashMap<String, String>();
        out.put("@method", request.method());
        out.put("@authority", request.authority());
        out.put("@path", request.path());
        out.put("@query", request.query().isEmpty() ? "?" : request.query());
        for (String field : new String[] {DIGEST, "content-type", AGENT, ACCOUNT}) {
            String value = request.headers().get(field);
            if (value != null) {
                out.put(field, value.strip());
            }
        }
        return out;
    }

    private String parameters(Map<String, String> components, String kid) {
        long created = clock.instant().getEpochSecond();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return "(%s);created=%d;expires=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ecdsa-p256-sha256\";tag=\"daypass\""
                .formatted(
                        components.keySet().stream()
                                .map(name -> "\"" + name + "\"")
                                .collect(Collectors.joining(" ")),
                        created,
                        created + LIFE_SECONDS,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
                        kid);
    }

    /// RFC 9421, section 2.5.
    private static String base(Map<String, String> components, String parameters) {
        var out = new StringBuilder();
        components.forEach((name, value) ->
                out.append('"').append(name).append("\": ").append(value).append('\n'));
        return out.append("\"@signature-params\": ").append(parameters).toString();
    }

    private static String digest(Buffer body) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
            return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
