package dev.daypass.examples.live;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Sends byte after byte, and never the last, until nobody listens any more or it is closed.
final class Trickle implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread sender;

    private Trickle(OutputStream to, byte[] again) {
        this.sender = Thread.ofVirtual().start(() -> send(to, again));
    }

    /// @param again is sent again and again
    static Trickle into(OutputStream to, byte[] again) {
        return new Trickle(to, again);
    }

    private void send(OutputStream to, byte[] again) {
        try {
            for (int i = 0; !over.get(); i = (i + 1) % again.length) {
                to.write(again[i]);
                to.flush();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException | UncheckedIOException _) {
            return; // closed, as it should be
        }
    }

    @Override
    public void close() {
        over.set(true);
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
