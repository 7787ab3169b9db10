package dev.daypass;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What no class of core may look like. Nothing here is ever run.
final class WorldlyFixture {
    /// What is to be noticed below; a method reference is as good as a call.
    static final Set<String> TOUCHED =
            Set.of(
                    "java.lang.Math.random",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.getenv",
                    "java.lang.System.nanoTime",
                    "java.lang.Thread",
                    "java.lang.Thread$Builder$OfVirtual",
                    "java.nio.file.Path",
                    "java.time.Clock.systemUTC",
                    "java.time.Instant.now",
                    "java.time.InstantSource.system",
                    "java.util.Random",
                    "java.util.UUID.randomUUID");

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
