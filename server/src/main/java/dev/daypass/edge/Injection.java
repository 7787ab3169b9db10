package dev.daypass.edge;

import dev.daypass.permission.CanonicalRequest;
import dev.daypass.vault.Credential;
import dev.daypass.vault.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What is put into an upstream request so that the service lets it through.
///
/// @param header name of the header field to set; empty for none
/// @param value its value
/// @param query `name=value` to add to the query; empty for none
/// @param secrets what must not come back
record Injection(String header, String value, String query, List<String> secrets) {
    static final Injection NOTHING = new Injection("", "", "", List.of());

    static Injection bearer(Secret token) {
        return new Injection(
                "authorization", "Bearer " + token.reveal(), "", List.of(token.reveal()));
    }

    static Injection basic(String user, Secret password) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair);
        return new Injection(
                "authorization", "Basic " + encoded, "", List.of(password.reveal(), encoded));
    }

    static Injection of(Credential.Header credential) {
        return new Injection(
                credential.name(),
                credential.value().reveal(),
                "",
                List.of(credential.value().reveal()));
    }

    static Injection of(Credential.Query credential) {
        String pair =
                URLEncoder.encode(credential.name(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(credential.value().reveal(), StandardCharsets.UTF_8);
        return new Injection("", "", pair, List.of(credential.value().reveal()));
    }

    /// Whether a request brings an argument with the name of the injected one: the service might
    /// take either.
    boolean clashes(CanonicalRequest request) {
        if (query.isEmpty()) {
            return false;
        }
        String name =
                URLDecoder.decode(query.substring(0, query.indexOf('=')), StandardCharsets.UTF_8);
        return request.queryNames().stream()
                .map(given -> given.split("\\[", 2)[0].strip())
                .anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public String toString() {
        return "Injection[redacted]";
    }
}
