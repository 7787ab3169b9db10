package dev.daypass.authority;

/// Why a token is not one of ours. The first flaw found is the one reported.
public enum TokenFlaw {
    /// More than [VerificationKeys#TOKEN_CHARS_MAX] characters.
    TOO_LONG("token is too long"),
    /// Not three parts with two dots between them (RFC 7515, section 7.1).
    NOT_THREE_PARTS("token does not have three parts"),
    /// A part is not canonical base64url (RFC 7515, section 2).
    NOT_BASE64URL("token is not base64url without padding"),
    /// The header is not one JSON object, or repeats a member (RFC 7515, section 5.2).
    HEADER_MALFORMED("token's header is not one well-formed json object"),
    /// The header has a member besides `alg`, `typ` and `kid`, such as `crit` or `jwk`.
    HEADER_MEMBER("token's header has a member that is not permitted; permitted: alg, typ, kid"),
    /// `alg` is not `ES256`.
    ALGORITHM("token's `alg` is not permitted; permitted: ES256"),
    /// `typ` is not `at+jwt` (RFC 9068, section 4).
    TYPE("token's `typ` is not permitted; permitted: at+jwt"),
    /// `kid` is missing or names no key in force.
    UNKNOWN_KEY("token's `kid` is of no key in force"),
    /// The signature does not have 64 bytes (RFC 7518, section 3.4).
    SIGNATURE_SIZE("token's signature does not have 64 bytes"),
    /// The signature is not by that key over these bytes.
    SIGNATURE("token's signature does not hold");

    private final String text;

    TokenFlaw(String text) {
        this.text = text;
    }

    /// The flaw in words fit to be shown to the caller.
    public String text() {
        return text;
    }
}
