package dev.daypass.checkpoint;

/// Nothing may be signed: the key is lost, or the ledger is not the one that was signed before. The
/// message says what to do.
public final class CheckpointsBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckpointsBroken(String message) {
        super(message);
    }
}
