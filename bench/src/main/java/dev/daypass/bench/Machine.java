package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// What the figures were measured on.
final class Machine {
    private static final long KIBI = 1_024;
    private static final int FLUSHES = 300;
    private static final int PAGE_BYTES = 4_096;
    private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs");

    private Machine() {}

    static Json.Obj describe(Path directory, String pinning) {
        return Json.object()
                .put(
                        "kernel",
                        System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("processor", processor())
                .put("jdk", Runtime.version().toString())
                .put("file_system", fileSystem(directory))
                .put("pinning", pinning)
                .put("load_average", Figures.of(load()))
                .build();
    }

    /// Memory of a process that is in main memory, bytes; 0 where nobody can tell.
    static long resident(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }

    static double load() {
        return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// A directory on a disk: what is in memory only has nothing to flush.
    static Path onDisk() {
        return Stream.of(System.getProperty("java.io.tmpdir"), "/var/tmp", "")
                .map(Path::of)
                .filter(path -> Files.isWritable(path.toAbsolutePath()))
                .filter(path -> !IN_MEMORY.contains(fileSystem(path)))
                .findFirst()
                .orElse(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static String fileSystem(Path directory) {
        try {
            return Files.getFileStore(directory.toAbsolutePath()).type();
        } catch (IOException _) {
            return "unknown";
        }
    }

    /// How long it takes until 4 KiB are on the disk.
    static Sample flush(Path directory) {
        var histogram = new Histogram(3);
        Path file = directory.resolve("flush");
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
            long begun = System.nanoTime();
            for (int i = 0; i < FLUSHES; i++) {
                long start = System.nanoTime();
                channel.write(page.clear());
                channel.force(false);
                histogram.recordValue(System.nanoTime() - start);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            Files.delete(file);
            return new Sample(
                    histogram.getValueAtPercentile(50) / 1e6,
                    histogram.getValueAtPercentile(99) / 1e6,
                    histogram.getValueAtPercentile(99.9) / 1e6,
                    FLUSHES / seconds,
                    Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            List<String> models =
                    lines.filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .toList();
            return models.isEmpty()
                    ? System.getProperty("os.arch")
                    : "%d × %s".formatted(models.size(), models.getFirst());
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }
}
