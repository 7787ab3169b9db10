package dev.daypass.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash chain over the ledger: each link is SHA-256 over a zero byte, the link before, and the
/// entry's canonical form. A changed, dropped or moved entry changes every link after it.
public final class HashChain {
    public static final int LINK_BYTES = 32;

    private HashChain() {}

    /// The link before the first entry.
    public static byte[] genesis() {
        return new byte[LINK_BYTES];
    }

    public static byte[] link(byte[] previous, Entry entry) {
        return link(previous, entry.canonical());
    }

    /// @param canonicalBody the canonical form of the entry's body, where it is known already
    public static byte[] link(byte[] previous, Entry entry, String canonicalBody) {
        return link(previous, entry.canonical(canonicalBody));
    }

    private static byte[] link(byte[] previous, byte[] canonical) {
        if (previous.length != LINK_BYTES) {
            throw new IllegalArgumentException("a link has %d bytes".formatted(LINK_BYTES));
        }
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        digest.update(previous);
        return digest.digest(canonical);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Checks a ledger entry by entry, in order.
    public static final class Check {
        private byte[] link = genesis();
        private long sequence;

        /// Empty if `entry` stands where it should with the link it should have; otherwise what is
        /// wrong.
        public String objection(Entry entry, byte[] stored) {
            sequence++;
            if (entry.sequence() != sequence) {
                return "fact %d is missing: the next one is %d"
                        .formatted(sequence, entry.sequence());
            }
            link = HashChain.link(link, entry);
            return MessageDigest.isEqual(link, stored)
                    ? ""
                    : "fact %d was changed: its link does not match".formatted(sequence);
        }

        public long facts() {
            return sequence;
        }

        public byte[] head() {
            return link.clone();
        }
    }
}
