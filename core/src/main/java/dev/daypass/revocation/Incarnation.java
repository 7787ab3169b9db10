package dev.daypass.revocation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One life of an edge: from the moment that it knows nothing until it has forgotten everything.
/// What was promised to one is worth nothing to the next.
///
/// @param edge the edge's name
/// @param nonce random, never the same twice
public record Incarnation(String edge, String nonce) {
    private static final Pattern EDGE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{1,43}");

    private static final Pattern COUNTED = Pattern.compile("(.+)-([0-9]{1,9})");

    public Incarnation {
        if (!EDGE.matcher(edge).matches()) {
            throw new IllegalArgumentException(
                    "the name of an edge has 1 to 63 lower-case letters, digits and hyphens");
        }
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("not the nonce of an edge's life");
        }
    }

    /// Whether the other is of another process, and this one was not the first life of its own: its
    /// process was there before the other came, and both are there now.
    public boolean twin(Incarnation other) {
        return edge.equals(other.edge) && !process().equals(other.process()) && count() > 1;
    }

    /// What names its process: all before a last hyphen and number, where it has those.
    private String process() {
        Matcher counted = COUNTED.matcher(nonce);
        return counted.matches() ? counted.group(1) : nonce;
    }

    private int count() {
        Matcher counted = COUNTED.matcher(nonce);
        return counted.matches() ? Integer.parseInt(counted.group(2)) : 1;
    }

    @Override
    public String toString() {
        return edge + "/" + nonce;
    }
}
