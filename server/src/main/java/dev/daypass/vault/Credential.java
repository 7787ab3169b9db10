package dev.daypass.vault;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.Locale;
import java.util.Set;

/// What the edge injects so that a service lets a call through.
public sealed interface Credential {
    /// Fields that say where a request goes and where it ends.
    Set<String> NOT_CREDENTIALS =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "expect",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /// Nothing: the service asks for nothing.
    record None() implements Credential {}

    /// `Authorization: Bearer …`.
    ///
    /// @param token the token
    record Bearer(Secret token) implements Credential {}

    /// `Authorization: Basic …` (RFC 7617).
    ///
    /// @param user user name, without `:`
    /// @param password password
    record Basic(String user, Secret password) implements Credential {}

    /// A header field of the service's own.
    ///
    /// @param name field name
    /// @param value field value
    record Header(String name, Secret value) implements Credential {}

    /// A query parameter.
    ///
    /// @param name parameter
    /// @param value value
    record Query(String name, Secret value) implements Credential {}

    /// A bearer token got from the service's own authorization server (RFC 6749, section 4.4), kept
    /// until shortly before it ends.
    ///
    /// @param tokenUrl its token endpoint
    /// @param clientId our client id there
    /// @param clientSecret our client secret there
    /// @param scope scope to ask for; empty for none
    record ClientCredentials(String tokenUrl, String clientId, Secret clientSecret, String scope)
            implements Credential {}

    /// The word for the kind, as in the API and the ledger.
    default String kind() {
        return switch (this) {
            case None _ -> "none";
            case Bearer _ -> "bearer";
            case Basic _ -> "basic";
            case Header _ -> "header";
            case Query _ -> "query";
            case ClientCredentials _ -> "client_credentials";
        };
    }

    /// Reads a credential as the operator gives it: `{"kind": "header", "name": "X-Api-Key",
    /// "value": "…"}`.
    ///
    /// @throws WireException saying what is missing or unknown; never repeating a secret
    static Credential fromJson(Json json) {
        JsonFields fields = JsonFields.of(json);
        Credential credential =
                switch (fields.string("kind")) {
                    case "none" -> new None();
                    case "bearer" -> new Bearer(secret(fields, "value"));
                    case "basic" -> new Basic(user(fields), secret(fields, "value"));
                    case "header" -> new Header(headerName(fields), secret(fields, "value"));
                    case "query" -> new Query(plain(fields, "name"), secret(fields, "value"));
                    case "client_credentials" ->
                            new ClientCredentials(
                                    plain(fields, "token_url"),
                                    plain(fields, "client_id"),
                                    secret(fields, "value"),
                                    scope(fields));
                    default ->
                            throw new WireException(
                                    "unknown credential kind; known: none, bearer, basic, header, query, client_credentials");
                };
        fields.end();
        // Quotes and backslashes take two characters in the sealed form.
        if (credential.toSealedJson().text().length() > Secret.BYTES_MAX) {
            throw new WireException(
                    "credential is too long; permitted: %d characters in all"
                            .formatted(Secret.BYTES_MAX));
        }
        return credential;
    }

    /// The form that is sealed; holds the secret.
    default Json.Obj toSealedJson() {
        var out = Json.object().put("kind", kind());
        return switch (this) {
            case None _ -> out.build();
            case Bearer(var token) -> out.put("value", token.reveal()).build();
            case Basic(var user, var password) ->
                    out.put("user", user).put("value", password.reveal()).build();
            case Header(var name, var value) ->
                    out.put("name", name).put("value", value.reveal()).build();
            case Query(var name, var value) ->
                    out.put("name", name).put("value", value.reveal()).build();
            case ClientCredentials(var tokenUrl, var clientId, var clientSecret, var scope) ->
                    out.put("token_url", tokenUrl)
                            .put("client_id", clientId)
                            .put("value", clientSecret.reveal())
                            .put("scope", scope)
                            .build();
        };
    }

    private static Secret secret(JsonFields fields, String name) {
        String value = fields.string(name);
        // Visible ascii only: anything else could end a header field or hide in it.
        if (value.isEmpty()
                || value.length() > 8_192
                || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new WireException(
                    "`%s` must be 1 to 8192 printable ascii characters".formatted(name));
        }
        return Secret.of(value);
    }

    private static String plain(JsonFields fields, String name) {
        String value = fields.string(name);
        if (value.isEmpty()
                || value.length() > 2_048
                || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new WireException(
                    "`%s` must be 1 to 2048 visible ascii characters".formatted(name));
        }
        return value;
    }

    // RFC 7617, section 2: what follows the first colon is the password.
    private static String user(JsonFields fields) {
        String user = plain(fields, "user");
        if (user.indexOf(':') >= 0) {
            throw new WireException("`user` must not hold a colon");
        }
        return user;
    }

    // RFC 6749, section 3.3.
    private static String scope(JsonFields fields) {
        String scope = fields.stringOrNull("scope");
        if (scope == null) {
            return "";
        }
        if (scope.length() > 2_048 || !scope.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new WireException("`scope` must be at most 2048 printable ascii characters");
        }
        return scope;
    }

    private static String headerName(JsonFields fields) {
        String name = plain(fields, "name");
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
            throw new WireException("`name` is not a header field's name");
        }
        if (NOT_CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new WireException("`name` is a field that frames or routes the request");
        }
        return name;
    }
}
