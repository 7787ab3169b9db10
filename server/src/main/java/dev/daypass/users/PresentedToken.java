package dev.daypass.users;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A user's token as it was presented: its form and header are right (RFC 7515; RFC 8725), nothing
/// in it is believed yet.
final class PresentedToken {
    static final int CHARS_MAX = 8 * 1024;
    static final int KID_CHARS_MAX = 255;

    /// Signatures that only the issuer can make. A MAC is none: whoever checks it can make it.
    static final List<String> ALGORITHMS =
            List.of(
                    "ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384",
                    "PS512");

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    /// RFC 8417, section 2.3.
    private static final Set<String> EVENT_TYPES =
            Set.of("secevent+jwt", "application/secevent+jwt");

    /// What would bring its own key, be read in another way, or ask to be understood.
    private static final List<String> REFUSED =
            List.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "cty");

    private final JWSObject signed;
    private final Json.Obj claims;

    private PresentedToken(JWSObject signed, Json.Obj claims) {
        this.signed = signed;
        this.claims = claims;
    }

    /// @throws WireException saying what is wrong with it, and nothing that stands in it
    static PresentedToken read(String compact) {
        return read(compact, PresentedToken::requireTokenType);
    }

    /// The same of an event, which must say that it is one.
    static PresentedToken readEvent(String compact) {
        return read(compact, PresentedToken::requireEventType);
    }

    private static PresentedToken read(String compact, Consumer<@Nullable String> type) {
        if (compact.length() > CHARS_MAX) {
            throw new WireException("is longer than %d characters".formatted(CHARS_MAX));
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new WireException("is no signed JWT: expected three parts with dots between");
        }
        JsonFields header = JsonFields.of(object("header", parts[0]));
        requireHeader(header);
        type.accept(header.stringOrNull("typ"));
        Json.Obj claims = object("payload", parts[1]);
        try {
            Base64Url.decode(parts[2]);
            return new PresentedToken(JWSObject.parse(compact), claims);
        } catch (WireException | ParseException _) {
            throw new WireException("is no signed JWT: its signature or header cannot be read");
        }
    }

    // Read by the strict reader first: no member twice, no depth, no broken text.
    private static Json.Obj object(String name, String part) {
        try {
            if (Json.parse(Base64Url.decode(part), JsonLimits.DEFAULT) instanceof Json.Obj object) {
                return object;
            }
        } catch (WireException _) {
            // reported below: what stands there is no part of the message
        }
        throw new WireException(
                "is no signed JWT: its %s is not one JSON object in base64url, each member once"
                        .formatted(name));
    }

    private static void requireHeader(JsonFields header) {
        for (String name : REFUSED) {
            if (header.names().contains(name)) {
                throw new WireException(
                        "has the header member `%s`, which is refused".formatted(name));
            }
        }
        String algorithm = header.stringOrNull("alg");
        if (algorithm == null || !ALGORITHMS.contains(algorithm)) {
            throw new WireException(
                    "is not signed in a permitted way; permitted: "
                            + String.join(", ", ALGORITHMS));
        }
        String kid = header.stringOrNull("kid");
        if (kid == null || kid.isEmpty() || kid.length() > KID_CHARS_MAX) {
            throw new WireException(
                    "names no key: `kid` must have 1 to %d characters".formatted(KID_CHARS_MAX));
        }
    }

    private static void requireTokenType(@Nullable String type) {
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new WireException("has the `typ` of something else; permitted: JWT, at+jwt");
        }
    }

    private static void requireEventType(@Nullable String type) {
        if (type == null || !EVENT_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new WireException("has the `typ` of something else; permitted: secevent+jwt");
        }
    }

    JWSHeader header() {
        return signed.getHeader();
    }

    /// What it says, believed or not.
    JsonFields claims() {
        return JsonFields.of(claims);
    }

    /// Whether this key signed it.
    boolean signedBy(JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa -> signed.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
                case ECKey ec -> signed.verify(new ECDSAVerifier(ec.toECPublicKey()));
                default -> false;
            };
        } catch (JOSEException _) {
            return false;
        }
    }
}
