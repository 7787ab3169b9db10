package dev.daypass;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What no class of core may look like. Nothing here is ever run.
final class WorldlyFixture {
    /// Each line below is one way to touch the world; a method reference is as good as a call.
    static final int TOUCHED = 11;

    private WorldlyFixture() {}

    static String everything(Path file, Random chance) {
        Supplier<Instant> now = Instant::now;
        LongSupplier nanos = System::nanoTime;
        Supplier<UUID> id = UUID::randomUUID;
        Thread thread = Thread.ofVirtual().unstarted(() -> {});
        return String.join(
                " ",
                now.get().toString(),
                Clock.systemUTC().toString(),
                InstantSource.system().toString(),
                Long.toString(nanos.getAsLong() + System.currentTimeMillis()),
                String.valueOf(System.getenv("HOME")),
                id.get().toString(),
                thread.getName(),
                file.toString(),
                Double.toString(Math.random() + chance.nextDouble()));
    }
}
