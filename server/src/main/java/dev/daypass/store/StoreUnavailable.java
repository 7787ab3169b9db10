package dev.daypass.store;

/// The store cannot make anything durable now: its queue is full, its disk is full or read-only, or
/// it is closed.
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
