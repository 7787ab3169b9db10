package dev.daypass.vault;

/// A sealed credential that does not open: another key file, or a changed database.
public final class VaultSealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultSealBroken(String message) {
        super(message);
    }
}
