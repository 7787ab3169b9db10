package dev.daypass.examples;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// The one key that a sample service accepts, and the header it travels in. Never prints the key.
final class Credential {
    private final String header;
    private final String scheme;
    private final byte[] key;

    private Credential(String header, String scheme, String key) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("api key is empty; expected at least one character");
        }
        this.header = header;
        this.scheme = scheme;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /// Lets everybody in: for what is judged before.
    static Credential none() {
        return new Credential("", "", "none");
    }

    /// `X-Api-Key: <key>`.
    static Credential apiKey(String key) {
        return new Credential("X-Api-Key", "", key);
    }

    /// `Authorization: Bearer <key>` (RFC 6750, section 2.1).
    static Credential bearer(String key) {
        return new Credential("Authorization", "Bearer ", key);
    }

    String header() {
        return header;
    }

    /// Whether the request carries exactly one such header and it holds the key.
    boolean admits(HttpServerRequest request) {
        if (header.isEmpty()) {
            return true;
        }
        List<String> sent = request.headers().getAll(header);
        if (sent.size() != 1) {
            return false;
        }
        String value = sent.getFirst();
        return value.regionMatches(true, 0, scheme, 0, scheme.length())
                && MessageDigest.isEqual(
                        key, value.substring(scheme.length()).getBytes(StandardCharsets.UTF_8));
    }

    /// What a refusal says is wanted (RFC 9110, section 11.6.1).
    String challenge() {
        return scheme.isEmpty() ? "ApiKey header=\"" + header + "\"" : scheme.strip();
    }

    @Override
    public String toString() {
        return header + ": [redacted]";
    }
}
