package dev.daypass.vault;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import org.jspecify.annotations.Nullable;

/// How the edge gets into a service: sealed as a whole.
///
/// @param credential what is injected
/// @param tls how the connection is made
/// @param cookies what becomes of the cookies that the service sets
public record Access(Credential credential, UpstreamTls tls, Cookies cookies) {
    /// Nothing is injected, and the connection is an ordinary one.
    public static final Access NONE = of(new Credential.None());

    /// What becomes of the cookies that a service sets. None ever reaches an agent.
    public enum Cookies {
        /// They are thrown away.
        DROP,
        /// They are kept at the edge, for each account on its own, and sent back with its calls.
        JAR
    }

    /// A credential over an ordinary connection.
    public static Access of(Credential credential) {
        return new Access(credential, UpstreamTls.ORDINARY, Cookies.DROP);
    }

    /// What an operator gives.
    ///
    /// @param credential `null` for none
    /// @param tls `null` for the ordinary
    /// @param cookies `drop` or `jar`; `null` for `drop`
    /// @throws WireException saying what is wrong; never repeating a secret
    public static Access read(
            @Nullable Json credential, @Nullable Json tls, @Nullable String cookies) {
        return new Access(
                        credential == null
                                ? new Credential.None()
                                : Credential.fromJson(credential),
                        tls == null ? UpstreamTls.ORDINARY : UpstreamTls.fromJson(tls),
                        cookies(cookies == null ? "drop" : cookies))
                .requireShort();
    }

    private Access requireShort() {
        if (toSealedJson().text().length() > Secret.BYTES_MAX) {
            throw new WireException(
                    "credential and tls are too long; permitted: %d characters in all"
                            .formatted(Secret.BYTES_MAX));
        }
        return this;
    }

    private static Cookies cookies(String word) {
        return switch (word) {
            case "drop" -> Cookies.DROP;
            case "jar" -> Cookies.JAR;
            default -> throw new WireException("`cookies` must be drop or jar");
        };
    }

    /// Whether there is nothing to keep.
    public boolean nothing() {
        return equals(NONE);
    }

    /// The word for the kind, as in the API and the ledger: the credential's, and what there is
    /// besides, as in `bearer+mtls+jar`.
    public String kind() {
        String connection = tls.equals(UpstreamTls.ORDINARY) ? "" : tls.mutual() ? "+mtls" : "+tls";
        return credential.kind() + connection + (cookies == Cookies.JAR ? "+jar" : "");
    }

    /// The form that is sealed; holds secrets. A credential alone is sealed as it always was.
    Json.Obj toSealedJson() {
        boolean ordinary = tls.equals(UpstreamTls.ORDINARY);
        if (ordinary && cookies == Cookies.DROP) {
            return credential.toSealedJson();
        }
        return Json.object()
                .put("credential", credential.toSealedJson())
                .put("tls", ordinary ? null : tls.toSealedJson())
                .put("cookies", cookies == Cookies.JAR ? "jar" : null)
                .build();
    }

    static Access ofSealed(Json sealed) {
        JsonFields fields = JsonFields.of(sealed);
        if (fields.names().contains("kind")) {
            return of(Credential.fromJson(sealed));
        }
        Access access =
                read(fields.take("credential"), fields.take("tls"), fields.stringOrNull("cookies"));
        fields.end();
        return access;
    }
}
