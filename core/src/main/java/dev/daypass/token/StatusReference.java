package dev.daypass.token;

/// Where a verifier that is no edge of ours finds out whether a token was revoked: the claim
/// `status` with its `status_list` (Token Status List, section 6.1).
///
/// @param uri of the list
/// @param index of the token's entry in it
public record StatusReference(String uri, int index) {
    public StatusReference {
        if (index < 0) {
            throw new IllegalArgumentException("`idx` is negative");
        }
    }
}
