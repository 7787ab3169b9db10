package dev.daypass.vault;

import static dev.daypass.vault.CredentialFields.cookieName;
import static dev.daypass.vault.CredentialFields.cookieValue;
import static dev.daypass.vault.CredentialFields.headerName;
import static dev.daypass.vault.CredentialFields.pem;
import static dev.daypass.vault.CredentialFields.plain;
import static dev.daypass.vault.CredentialFields.plainOrEmpty;
import static dev.daypass.vault.CredentialFields.scope;
import static dev.daypass.vault.CredentialFields.secret;
import static dev.daypass.vault.CredentialFields.segment;
import static dev.daypass.vault.CredentialFields.user;

import dev.daypass.vault.TokenClient.ClientAuth;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import dev.daypass.wire.WireException;

/// A credential as an operator gives it, and as it is sealed: the same form.
final class CredentialJson {
    static final String KINDS =
            "none, bearer, basic, header, query, cookie, client_credentials, refresh_token, aws_sigv4, signature";

    private CredentialJson() {}

    static Credential read(Json json) {
        JsonFields fields = JsonFields.of(json);
        Credential credential = kind(fields.string("kind"), fields);
        fields.end();
        // Quotes and backslashes take two characters in the sealed form.
        if (write(credential).text().length() > Secret.BYTES_MAX) {
            throw new WireException(
                    "credential is too long; permitted: %d characters in all"
                            .formatted(Secret.BYTES_MAX));
        }
        return credential;
    }

    private static Credential kind(String kind, JsonFields fields) {
        return switch (kind) {
            case "none" -> new Credential.None();
            case "bearer" -> new Credential.Bearer(secret(fields, "value"));
            case "basic" -> new Credential.Basic(user(fields), secret(fields, "value"));
            case "header" -> new Credential.Header(headerName(fields), secret(fields, "value"));
            case "query" -> new Credential.Query(plain(fields, "name"), secret(fields, "value"));
            case "cookie" -> new Credential.Cookie(cookieName(fields), cookieValue(fields));
            case "client_credentials" -> clientCredentials(fields);
            case "refresh_token" ->
                    new Credential.RefreshToken(
                            client(fields, refreshAuth(fields)), secret(fields, "value"));
            case "aws_sigv4" -> aws(fields);
            case "signature" -> new Credential.Signature();
            default -> throw new WireException("unknown credential kind; known: " + KINDS);
        };
    }

    private static Credential clientCredentials(JsonFields fields) {
        String auth = fields.stringOrNull("auth");
        return new Credential.ClientCredentials(
                client(
                        fields,
                        switch (auth == null ? "client_secret_basic" : auth) {
                            case "client_secret_basic" ->
                                    new ClientAuth.Basic(secret(fields, "value"));
                            case "client_secret_post" ->
                                    new ClientAuth.Post(secret(fields, "value"));
                            case "private_key_jwt" -> assertion(fields);
                            default ->
                                    throw new WireException(
                                            "unknown `auth`; known: client_secret_basic, client_secret_post, private_key_jwt");
                        }));
    }

    /// A refresh token may belong to a public client; `value` is the refresh token.
    private static ClientAuth refreshAuth(JsonFields fields) {
        String auth = fields.stringOrNull("auth");
        boolean secret = fields.take("client_secret") != null;
        return switch (auth == null ? secret ? "client_secret_basic" : "none" : auth) {
            case "none" -> publicClient(secret);
            case "client_secret_basic" -> new ClientAuth.Basic(secret(fields, "client_secret"));
            case "client_secret_post" -> new ClientAuth.Post(secret(fields, "client_secret"));
            case "private_key_jwt" -> assertion(fields);
            default ->
                    throw new WireException(
                            "unknown `auth`; known: none, client_secret_basic, client_secret_post, private_key_jwt");
        };
    }

    private static ClientAuth publicClient(boolean secret) {
        if (secret) {
            throw new WireException("`client_secret` does not go with `auth` none");
        }
        return new ClientAuth.Public();
    }

    private static ClientAuth assertion(JsonFields fields) {
        var auth =
                new ClientAuth.PrivateKeyJwt(
                        pem(fields, "private_key"),
                        plainOrEmpty(fields, "key_id"),
                        plainOrEmpty(fields, "assertion_audience"));
        AssertionKey.read(auth); // refused now rather than at the first call
        return auth;
    }

    private static TokenClient client(JsonFields fields, ClientAuth auth) {
        return new TokenClient(
                plain(fields, "token_url"),
                plain(fields, "client_id"),
                auth,
                scope(fields),
                new TokenClient.Target(
                        plainOrEmpty(fields, "resource"), plainOrEmpty(fields, "audience")));
    }

    private static Credential aws(JsonFields fields) {
        return new Credential.AwsSigV4(
                segment(fields, "access_key_id"),
                secret(fields, "value"),
                fields.take("session_token") == null ? null : secret(fields, "session_token"),
                segment(fields, "region"),
                segment(fields, "service"));
    }

    static Json.Obj write(Credential credential) {
        JsonObjectBuilder out = Json.object().put("kind", credential.kind());
        switch (credential) {
            case Credential.None _, Credential.Signature _ -> {}
            case Credential.Bearer(var token) -> out.put("value", token.reveal());
            case Credential.Basic(var user, var password) ->
                    out.put("user", user).put("value", password.reveal());
            case Credential.Header(var name, var value) ->
                    out.put("name", name).put("value", value.reveal());
            case Credential.Query(var name, var value) ->
                    out.put("name", name).put("value", value.reveal());
            case Credential.Cookie(var name, var value) ->
                    out.put("name", name).put("value", value.reveal());
            case Credential.ClientCredentials(var client) -> write(client, "value", out);
            case Credential.RefreshToken(var client, var token) ->
                    write(client, "client_secret", out.put("value", token.reveal()));
            case Credential.AwsSigV4 aws -> write(aws, out);
        }
        return out.build();
    }

    private static void write(Credential.AwsSigV4 aws, JsonObjectBuilder out) {
        Secret session = aws.sessionToken();
        out.put("access_key_id", aws.accessKeyId())
                .put("value", aws.secretKey().reveal())
                .put("session_token", session == null ? null : session.reveal())
                .put("region", aws.region())
                .put("service", aws.service());
    }

    private static void write(TokenClient client, String secretName, JsonObjectBuilder out) {
        out.put("token_url", client.tokenUrl()).put("client_id", client.clientId());
        switch (client.auth()) {
            case ClientAuth.Basic(var secret) ->
                    out.put("auth", "client_secret_basic").put(secretName, secret.reveal());
            case ClientAuth.Post(var secret) ->
                    out.put("auth", "client_secret_post").put(secretName, secret.reveal());
            case ClientAuth.PrivateKeyJwt(var pem, var keyId, var audience) ->
                    out.put("auth", "private_key_jwt")
                            .put("private_key", pem.reveal())
                            .put("key_id", keyId)
                            .put("assertion_audience", audience);
            case ClientAuth.Public() -> out.put("auth", "none");
        }
        out.put("scope", client.scope())
                .put("resource", client.target().resource())
                .put("audience", client.target().audience());
    }
}
