package dev.daypass.revocation;

import java.util.regex.Pattern;

/// One life of an edge: from the moment that it knows nothing until it has forgotten everything.
/// What was promised to one is worth nothing to the next.
///
/// @param edge the edge's name
/// @param nonce random, never the same twice
public record Incarnation(String edge, String nonce) {
    private static final Pattern EDGE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{1,43}");

    public Incarnation {
        if (!EDGE.matcher(edge).matches()) {
            throw new IllegalArgumentException(
                    "the name of an edge has 1 to 63 lower-case letters, digits and hyphens");
        }
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("not the nonce of an edge's life");
        }
    }

    @Override
    public String toString() {
        return edge + "/" + nonce;
    }
}
