package dev.daypass.vault;

/// A credential that was registered for another upstream than the one a call goes to: its service
/// is being moved, and a moment later the two fit again.
public final class CredentialElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialElsewhere(String message) {
        super(message);
    }
}
