package dev.daypass.remote;

/// The broker answered, and not as it was wished.
public final class BrokerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS = 300;

    private final int status;

    BrokerRefused(int status, String body) {
        super(
                "the broker answers %d: %s"
                        .formatted(
                                status, body.substring(0, Math.min(SHOWN_CHARS, body.length()))));
        this.status = status;
    }

    public int status() {
        return status;
    }
}
