package dev.daypass.vault;

import dev.daypass.wire.Json;
import org.jspecify.annotations.Nullable;

/// What the edge injects so that a service lets a call through.
public sealed interface Credential {
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

    /// One cookie that every call carries (RFC 6265, section 5.4).
    ///
    /// @param name its name, a token of RFC 9110
    /// @param value its value, without quotes, commas, semicolons, backslashes and spaces
    record Cookie(String name, Secret value) implements Credential {}

    /// A bearer token got from the service's own authorization server (RFC 6749, section 4.4), kept
    /// until shortly before it ends.
    ///
    /// @param client who we are there
    record ClientCredentials(TokenClient client) implements Credential {}

    /// A bearer token got for a refresh token (RFC 6749, section 6). Where the answer holds a new
    /// refresh token, that one is sealed in place of this one before the access token is used.
    ///
    /// @param client who we are there
    /// @param refreshToken the newest that we know
    record RefreshToken(TokenClient client, Secret refreshToken) implements Credential {}

    /// AWS Signature Version 4: each request is signed as it is sent.
    ///
    /// @param accessKeyId says whose key it is; no secret
    /// @param secretKey signs
    /// @param sessionToken of temporary keys; `null` for lasting ones
    /// @param region as in `eu-central-1`
    /// @param service the name that is signed, as in `s3`
    record AwsSigV4(
            String accessKeyId,
            Secret secretKey,
            @Nullable Secret sessionToken,
            String region,
            String service)
            implements Credential {}

    /// No secret at all: each request is signed with Daypass's own key (RFC 9421), and the service
    /// checks that against the keys that Daypass publishes.
    record Signature() implements Credential {}

    /// The word for the kind, as in the API and the ledger.
    default String kind() {
        return switch (this) {
            case None _ -> "none";
            case Bearer _ -> "bearer";
            case Basic _ -> "basic";
            case Header _ -> "header";
            case Query _ -> "query";
            case Cookie _ -> "cookie";
            case ClientCredentials _ -> "client_credentials";
            case RefreshToken _ -> "refresh_token";
            case AwsSigV4 _ -> "aws_sigv4";
            case Signature _ -> "signature";
        };
    }

    /// Reads a credential as the operator gives it: `{"kind": "header", "name": "X-Api-Key",
    /// "value": "…"}`.
    ///
    /// @throws dev.daypass.wire.WireException saying what is missing or unknown; never repeating a
    ///   secret
    static Credential fromJson(Json json) {
        return CredentialJson.read(json);
    }

    /// The form that is sealed; holds the secret.
    default Json.Obj toSealedJson() {
        return CredentialJson.write(this);
    }
}
