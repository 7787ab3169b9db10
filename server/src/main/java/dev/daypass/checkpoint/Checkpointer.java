package dev.daypass.checkpoint;

import dev.daypass.authority.KeyFiles;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.store.LedgerTree;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs what the ledger's tree is, whenever it has grown. What was signed last is in a file of its
/// own: a database that is older than that, or another, is never signed. Thread-safe.
public final class Checkpointer {
    public static final String FILE = "ledger.checkpoint";

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final LogKey key;
    private final LedgerTree ledger;
    private final Path file;
    private volatile @Nullable SignedNote latest;
    private volatile @Nullable SignedNote cosigned;
    private volatile String failure = "";
    private long size;

    private Checkpointer(LogKey key, LedgerTree ledger, Path file) {
        this.key = key;
        this.ledger = ledger;
        this.file = file;
    }

    /// Takes up where it was left, or makes a key for a log that begins.
    ///
    /// @throws CheckpointsBroken if the key is lost, or the ledger is not the one that was signed
    public static Checkpointer open(Path directory, String trustDomain, LedgerTree ledger) {
        Path file = directory.resolve(FILE);
        try {
            boolean signedBefore = Files.exists(file);
            LogKey key;
            if (Files.exists(directory.resolve(LogKey.FILE))) {
                key = LogKey.load(directory);
            } else if (signedBefore) {
                throw new CheckpointsBroken(
                        "`%s` is lost, and `%s` was signed with it; put the key back from a backup, or move the checkpoint away to begin a log of a new name"
                                .formatted(directory.resolve(LogKey.FILE), file));
            } else if (Files.exists(directory.resolve(LogKey.PUBLIC_FILE))) {
                throw new CheckpointsBroken(
                        "`%s` is lost, and so is `%s`, which it signed; put both back from a backup, or move `%s` away to begin a log of a new name"
                                .formatted(
                                        directory.resolve(LogKey.FILE),
                                        file,
                                        directory.resolve(LogKey.PUBLIC_FILE)));
            } else {
                key = LogKey.create(directory, trustDomain);
            }
            var checkpointer = new Checkpointer(key, ledger, file);
            if (signedBefore) {
                checkpointer.takeUp(SignedNote.parse(KeyFiles.read(file)));
            }
            return checkpointer;
        } catch (WireException e) {
            throw new CheckpointsBroken(
                    "`%s`: %s; put it back from a backup".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw new CheckpointsBroken(
                    "checkpoints of the ledger cannot be read: " + e.getMessage());
        }
    }

    private void takeUp(SignedNote note) {
        Tree signed = Checkpoint.verified(note, key.key()).tree();
        Tree now = ledger.tree();
        if (signed.size() > now.size()) {
            throw new CheckpointsBroken(
                    "the ledger has %d facts, but %d were signed: the database is older than `%s`; put the newer one back"
                            .formatted(now.size(), signed.size(), file));
        }
        if (!root(signed.size(), now).equals(signed.root())) {
            throw new CheckpointsBroken(
                    "the ledger is not the one that was signed: its first %d facts were changed; put the database back from a backup"
                            .formatted(signed.size()));
        }
        latest = note;
        size = signed.size();
    }

    private TreeHash root(long at, Tree now) {
        try {
            return at == now.size() ? now.root() : MerkleProof.root(at, ledger.nodes(now.size()));
        } catch (StoreUnavailable e) {
            throw new CheckpointsBroken(String.valueOf(e.getMessage()));
        }
    }

    /// Signs the tree if it has grown. The checkpoint is on disk before anybody sees it.
    public synchronized void tick() {
        Tree now = ledger.tree();
        if (now.size() <= size) {
            return;
        }
        SignedNote note = key.sign(new Checkpoint(key.key().name(), now));
        try {
            KeyFiles.replace(file, note.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
            return;
        }
        latest = note;
        size = now.size();
        if (!failure.isEmpty()) {
            LOG.info("checkpoints are signed again");
            failure = "";
        }
    }

    private void failed(String why) {
        if (!why.equals(failure)) {
            LOG.error("no checkpoint of the ledger was signed: {}", why);
        }
        failure = why;
    }

    /// Of the tree as it is now.
    ///
    /// @throws StoreUnavailable if there is none, or none can be signed
    public SignedNote now() {
        tick();
        SignedNote note = latest;
        if (note == null) {
            throw new StoreUnavailable("the ledger has no checkpoint yet");
        }
        if (!failure.isEmpty()) {
            throw new StoreUnavailable("no checkpoint can be signed now: " + failure);
        }
        return note;
    }

    /// The newest one that outside witnesses signed, where it covers this fact; else one of the
    /// tree as it is now.
    ///
    /// @param fact its number; 0 for none
    /// @throws StoreUnavailable as [#now()]
    SignedNote covering(long fact) {
        SignedNote note = cosigned;
        boolean covers =
                note != null
                        && failure.isEmpty()
                        && Checkpoint.parse(note.text()).tree().size() >= fact;
        return note != null && covers ? note : now();
    }

    /// Outside witnesses signed this one; `null` where none did.
    void cosigned(@Nullable SignedNote note) {
        cosigned = note;
    }

    /// The newest one; `null` while the ledger is empty.
    public @Nullable SignedNote latest() {
        return latest;
    }

    /// Why none could be signed the last time; empty where it could.
    public String failure() {
        return failure;
    }

    /// Who signs.
    public NoteKey key() {
        return key.key();
    }
}
