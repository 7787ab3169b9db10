package dev.daypass.edge;

/// A service's credential cannot be had. The message is fit for the agent and for the log: it holds
/// no secret, and nothing that the other side wrote.
final class CredentialFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient String next;

    /// @param message what is wrong
    /// @param next what can be done about it
    CredentialFailure(String message, String next) {
        super(message, null, false, false);
        this.next = next;
    }

    static CredentialFailure passing(String message) {
        return new CredentialFailure(
                message, "try again later, or ask the operator whether the service is well");
    }

    String next() {
        return next;
    }
}
