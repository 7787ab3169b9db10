package dev.daypass.remote;

import dev.daypass.wire.Base64Url;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Names of an edge's lives, never the same twice: what names its process, and a number that counts
/// its lives. So a broker can tell an edge that starts anew from two processes of one identity.
public final class EdgeLives implements Supplier<String> {
    private static final int PROCESS_BYTES = 15; // twenty characters

    private final String process;
    private final AtomicLong lives = new AtomicLong();

    public EdgeLives(SecureRandom random) {
        byte[] bytes = new byte[PROCESS_BYTES];
        random.nextBytes(bytes);
        this.process = Base64Url.encode(bytes);
    }

    @Override
    public String get() {
        return "%s-%d".formatted(process, lives.incrementAndGet());
    }
}
