package dev.daypass.edge;

import dev.daypass.permission.CanonicalRequest;
import dev.daypass.vault.Credential;
import dev.daypass.vault.Secret;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is put into an upstream request so that the service lets it through.
///
/// @param header name of the header field to set; empty for none
/// @param value its value
/// @param query `name=value` to add to the query; empty for none
/// @param echoes what must not come back
/// @param means what it takes besides
record Injection(String header, String value, String query, Needles echoes, Means means) {
    static final Injection NOTHING = new Injection("", "", "", Needles.NONE, Means.NONE);

    /// What a call needs besides fields that are known beforehand.
    ///
    /// @param signer signs the request as it is sent; `null` for none
    /// @param tls how the connection is made; `null` for the ordinary way
    /// @param jar whether the service's cookies are kept for the account
    /// @param lease of what is injected; `null` where there is no other
    record Means(
            @Nullable RequestSigner signer,
            @Nullable ClientSSLOptions tls,
            boolean jar,
            @Nullable Lease lease) {
        static final Means NONE = new Means(null, null, false, null);
    }

    /// Something that was got for a while, and of which there may be a newer one.
    interface Lease {
        /// The service takes it.
        void taken();

        /// A newer one, where the service does not take this one any more; `null` where it never
        /// did, or another was got just now.
        @Nullable Future<Injection> another();
    }

    /// Of a credential that is sent as it is.
    ///
    /// @throws IllegalArgumentException for one that is exchanged for a token first, or signs
    static Injection of(Credential credential) {
        return switch (credential) {
            case Credential.None() -> NOTHING;
            case Credential.Bearer(var token) -> bearer(token);
            case Credential.Basic(var user, var password) -> basic(user, password);
            case Credential.Header(var name, var value) -> field(name, value.reveal(), value);
            case Credential.Cookie(var name, var value) ->
                    field("cookie", name + "=" + value.reveal(), value);
            case Credential.Query query -> of(query);
            case Credential.ClientCredentials _,
                    Credential.RefreshToken _,
                    Credential.AwsSigV4 _,
                    Credential.Signature _ ->
                    throw new IllegalArgumentException(credential.kind() + " is not sent");
        };
    }

    static Injection bearer(Secret token) {
        return field("authorization", "Bearer " + token.reveal(), token);
    }

    private static Injection field(String name, String value, Secret secret) {
        return new Injection(name, value, "", Needles.of(List.of(secret.reveal())), Means.NONE);
    }

    private static Injection basic(String user, Secret password) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair);
        return new Injection(
                "authorization",
                "Basic " + encoded,
                "",
                Needles.of(List.of(password.reveal(), encoded)),
                Means.NONE);
    }

    private static Injection of(Credential.Query credential) {
        String pair =
                URLEncoder.encode(credential.name(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(credential.value().reveal(), StandardCharsets.UTF_8);
        return new Injection(
                "", "", pair, Needles.of(List.of(credential.value().reveal())), Means.NONE);
    }

    Injection by(Means other) {
        return new Injection(header, value, query, echoes, other);
    }

    /// The same, of which no other is asked for.
    Injection lasting() {
        return by(new Means(means.signer(), means.tls(), means.jar(), null));
    }

    /// The name of the injected query parameter; empty for none.
    String queryName() {
        return query.isEmpty()
                ? ""
                : URLDecoder.decode(query.substring(0, query.indexOf('=')), StandardCharsets.UTF_8);
    }

    /// Whether a request brings an argument with the name of the injected one: the service might
    /// take either.
    boolean clashes(CanonicalRequest request) {
        String name = queryName();
        return !name.isEmpty()
                && request.queryNames().stream()
                        .map(given -> given.split("\\[", 2)[0].strip())
                        .anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public String toString() {
        return "Injection[redacted]";
    }
}
