package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Proof that a leaf is in a tree that a log has signed, in one file (C2SP `tlog-proof`).
///
/// @param index of the leaf, from 0
/// @param hashes the inclusion proof
/// @param checkpoint the signed tree
public record FactProof(long index, List<TreeHash> hashes, SignedNote checkpoint) {
    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";

    public FactProof {
        hashes = List.copyOf(hashes);
    }

    /// @throws WireException if it is no proof
    public static FactProof parse(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new WireException("a proof is a head, an empty line, and a checkpoint");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\n", -1)));
        if (!lines.removeFirst().equals(HEAD)) {
            throw new WireException("a proof begins with `%s`".formatted(HEAD));
        }
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
            PlainBase64.decode(lines.removeFirst().substring("extra ".length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new WireException("a proof names the index of its leaf");
        }
        long index = Checkpoint.size(lines.removeFirst().substring(INDEX.length()));
        if (lines.size() > MerkleProof.HASHES_MAX) {
            throw new WireException(
                    "a proof has at most %d hashes".formatted(MerkleProof.HASHES_MAX));
        }
        byte[] rest = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
        return new FactProof(
                index, lines.stream().map(TreeHash::of).toList(), SignedNote.parse(rest));
    }

    /// The tree in which this entry stands at the proof's index.
    ///
    /// @throws WireException if it does not, or `log` did not sign that tree
    public Checkpoint verified(byte[] entry, NoteKey log) {
        Checkpoint signed = Checkpoint.verified(checkpoint, log);
        if (!MerkleProof.included(TreeHash.leaf(entry), index, signed.tree(), hashes)) {
            throw new WireException("the entry is not at index %d of this tree".formatted(index));
        }
        return signed;
    }

    @Override
    public String toString() {
        var out = new StringBuilder(HEAD).append('\n').append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> out.append(hash).append('\n'));
        return out.append('\n').append(checkpoint).toString();
    }
}
