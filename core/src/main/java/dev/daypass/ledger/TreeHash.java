package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A hash of the ledger's tree: SHA-256 as in RFC 9162, section 2.1.1 (RFC 6962, section 2.1).
public final class TreeHash {
    public static final int BYTES = 32;

    /// The root of a tree without leaves.
    public static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws WireException if these are not 32 bytes
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new WireException(
                    "a hash of the ledger has %d bytes, not %d".formatted(BYTES, bytes.length));
        }
        return new TreeHash(bytes.clone());
    }

    /// @param base64 in the standard alphabet, with padding
    /// @throws WireException if it is not the one spelling of 32 bytes
    public static TreeHash of(String base64) {
        TreeHash hash = of(PlainBase64.decode(base64));
        if (!hash.toString().equals(base64)) {
            throw new WireException("a hash has one spelling in base64");
        }
        return hash;
    }

    public static TreeHash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    public static TreeHash node(TreeHash left, TreeHash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// In base64, as checkpoints and proofs write it.
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
