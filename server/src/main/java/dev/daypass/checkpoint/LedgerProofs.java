package dev.daypass.checkpoint;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.ExportFile;
import dev.daypass.ledger.FactProof;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.TilePath;
import dev.daypass.ledger.Tiles;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// What can be proved from the ledger, to whoever has its public key. Reads from the store.
public final class LedgerProofs {
    private final Store store;
    private final Checkpointer checkpoints;

    public LedgerProofs(Store store, Checkpointer checkpoints) {
        this.store = store;
        this.checkpoints = checkpoints;
    }

    /// A fact with its proof.
    ///
    /// @param fact the fact
    /// @param proof that it is in a signed tree
    public record Proved(StoredFact fact, FactProof proof) {}

    public NoteKey key() {
        return checkpoints.key();
    }

    /// Signed by outside witnesses too, where they sign.
    public SignedNote checkpoint() {
        return checkpoints.covering(0);
    }

    /// A fact of any account.
    public Optional<Proved> proof(long sequence) {
        return fact(sequence).map(this::proved);
    }

    /// A fact of an account of this agent.
    public Optional<Proved> proof(TenantId tenant, AgentId agent, long sequence) {
        return fact(sequence).filter(fact -> of(fact, tenant, agent)).map(this::proved);
    }

    private Optional<StoredFact> fact(long sequence) {
        return sequence < 1
                ? Optional.empty()
                : store.facts(sequence, 1).stream()
                        .filter(fact -> fact.kept().sequence() == sequence)
                        .findFirst();
    }

    /// The account's row says whose it is; after that is gone, the fact that opened it.
    private boolean of(StoredFact fact, TenantId tenant, AgentId agent) {
        var account = fact.kept().account();
        if (account == null || !fact.kept().tenant().equals(tenant)) {
            return false;
        }
        return store.account(account)
                .map(stored -> stored.agent().equals(agent))
                .orElseGet(() ->
                        store.changes(account, 0, 1).stream()
                                .anyMatch(first -> opener(first.kept()).equals(agent.value())));
    }

    private static String opener(Entry opening) {
        return opening.body().members().get("account") instanceof Json.Obj(var members)
                        && members.get("agent") instanceof Json.Str(var name)
                ? name
                : "";
    }

    private Proved proved(StoredFact fact) {
        SignedNote note = checkpoints.covering(fact.kept().sequence());
        long size = size(note);
        long index = fact.kept().sequence() - 1;
        List<TreeHash> hashes = MerkleProof.inclusion(index, size, store.ledger().nodes(size));
        return new Proved(fact, new FactProof(index, hashes, note));
    }

    /// That the tree of the newest checkpoint begins with the one of `before` facts.
    ///
    /// @param hashes the proof
    /// @param checkpoint of the newer tree
    public record Consistency(List<TreeHash> hashes, SignedNote checkpoint) {}

    /// Empty where there are not that many facts.
    public Optional<Consistency> consistency(long before) {
        SignedNote note = checkpoints.covering(before);
        long size = size(note);
        return before < 1 || before > size
                ? Optional.empty()
                : Optional.of(
                        new Consistency(
                                MerkleProof.consistency(before, size, store.ledger().nodes(size)),
                                note));
    }

    /// What surrounds the facts of an export, cut off where the ledger ends.
    public Optional<ExportFile.Range> range(long from, long to) {
        SignedNote note = checkpoints.covering(to);
        long size = size(note);
        return from < 1 || from > size || to < from
                ? Optional.empty()
                : Optional.of(
                        ExportFile.Range.of(
                                from, Math.min(to, size), note, store.ledger().nodes(size)));
    }

    /// A tile of hashes, or a bundle of entries (C2SP `tlog-tiles`); empty where the signed tree
    /// has none of that width.
    public Optional<byte[]> tile(TilePath path) {
        SignedNote note = checkpoints.now();
        int level = Math.max(path.level(), 0);
        int there = Tiles.width(level, path.number(), size(note));
        if (there == 0 || path.width() > there) {
            return Optional.empty();
        }
        return Optional.of(path.level() == TilePath.ENTRIES ? entries(path) : hashes(path));
    }

    private byte[] hashes(TilePath path) {
        var out = new ByteArrayOutputStream(path.width() * TreeHash.BYTES);
        store.ledger()
                .tile(path.level(), path.number(), path.width())
                .forEach(hash -> out.writeBytes(hash.bytes()));
        return out.toByteArray();
    }

    private byte[] entries(TilePath path) {
        var out = new ByteArrayOutputStream();
        long first = path.number() * Tiles.WIDTH + 1;
        List<StoredFact> facts = store.facts(first, path.width());
        if (facts.size() != path.width() || facts.getFirst().kept().sequence() != first) {
            throw new StoreUnavailable(
                    "the database has %d of the %d facts from fact %d on"
                            .formatted(facts.size(), path.width(), first));
        }
        for (StoredFact fact : facts) {
            byte[] entry = fact.kept().canonical();
            out.write(entry.length >> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).tree().size();
    }

    /// The tree that was signed last; one without leaves where there is none.
    public Tree signed() {
        SignedNote note = checkpoints.latest();
        return note == null ? new Tree(0, TreeHash.EMPTY) : Checkpoint.parse(note.text()).tree();
    }
}
