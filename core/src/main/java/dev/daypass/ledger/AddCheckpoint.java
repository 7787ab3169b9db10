package dev.daypass.ledger;

import java.util.List;

/// What a witness is asked: to sign a checkpoint, and to see for itself that its tree begins with
/// the one that the witness signed before (C2SP `tlog-witness`, `add-checkpoint`).
///
/// @param old how many facts that one had; 0 for none
/// @param proof that it does (RFC 9162, section 2.1.4); empty for 0, and where nothing was added
/// @param note the checkpoint, signed by its log
public record AddCheckpoint(long old, List<TreeHash> proof, SignedNote note) {
    public AddCheckpoint {
        if (old < 0 || proof.size() > MerkleProof.HASHES_MAX) {
            throw new IllegalArgumentException("no tree has such a proof");
        }
        proof = List.copyOf(proof);
    }

    /// From the nodes of the checkpoint's own tree.
    ///
    /// @throws IllegalArgumentException if it has fewer than `old` facts
    public static AddCheckpoint of(long old, SignedNote note, Nodes nodes) {
        long size = Checkpoint.parse(note.text()).tree().size();
        return new AddCheckpoint(old, MerkleProof.consistency(old, size, nodes), note);
    }

    /// The body of the request.
    public String body() {
        var out = new StringBuilder("old ").append(old).append('\n');
        proof.forEach(hash -> out.append(hash).append('\n'));
        return out.append('\n').append(note).toString();
    }
}
