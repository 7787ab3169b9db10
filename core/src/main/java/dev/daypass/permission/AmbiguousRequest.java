package dev.daypass.permission;

/// A request that two servers might read differently. The message is fit to be shown to the caller.
public final class AmbiguousRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AmbiguousRequest(String message) {
        super(message);
    }
}
