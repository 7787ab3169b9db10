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
/// @param echoes what must not come back
record Injection(String header, String value, String query, Needles echoes) {
    static final Injection NOTHING = new Injection("", "", "", Needles.NONE);

    /// Of a credential that is sent as it is.
    ///
    /// @throws IllegalArgumentException for client credentials, which are exchanged for a token
    ///   first
    static Injection of(Credential credential) {
        return switch (credential) {
            case Credential.None() -> NOTHING;
            case Credential.Bearer(var token) -> bearer(token);
            case Credential.Basic(var user, var password) -> basic(user, password);
            case Credential.Header header -> of(header);
            case Credential.Query query -> of(query);
            case Credential.ClientCredentials _ ->
                    throw new IllegalArgumentException("client credentials are not sent");
        };
    }

    static Injection bearer(Secret token) {
        return new Injection(
                "authorization",
                "Bearer " + token.reveal(),
                "",
                Needles.of(List.of(token.reveal())));
    }

    private static Injection basic(String user, Secret password) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair);
        return new Injection(
                "authorization",
                "Basic " + encoded,
                "",
                Needles.of(List.of(password.reveal(), encoded)));
    }

    private static Injection of(Credential.Header credential) {
        return new Injection(
                credential.name(),
                credential.value().reveal(),
                "",
                Needles.of(List.of(credential.value().reveal())));
    }

    private static Injection of(Credential.Query credential) {
        String pair =
                URLEncoder.encode(credential.name(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(credential.value().reveal(), StandardCharsets.UTF_8);
        return new Injection("", "", pair, Needles.of(List.of(credential.value().reveal())));
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
