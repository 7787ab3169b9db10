package dev.daypass.examples.live;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What another process of this user has in its memory, as Linux shows it.
final class ProcessMemory {
    private static final int BLOCK_BYTES = 1024 * 1024;
    private static final int OVERLAP_BYTES = 256;

    private ProcessMemory() {}

    /// Whether a text stands anywhere in a process's memory, environment or arguments.
    static boolean holds(long pid, String text) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (String file : List.of("environ", "cmdline")) {
            if (holds(Files.readAllBytes(proc.resolve(file)), wanted)) {
                return true;
            }
        }
        try (var memory = new RandomAccessFile(proc.resolve("mem").toFile(), "r")) {
            for (String area : Files.readAllLines(proc.resolve("maps"))) {
                String[] words = area.split("\\s+");
                if (words[1].startsWith("r") && holds(memory, words[0].split("-"), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(RandomAccessFile memory, String[] area, byte[] wanted) {
        long at = Long.parseUnsignedLong(area[0], 16);
        long end = Long.parseUnsignedLong(area[1], 16);
        byte[] block = new byte[BLOCK_BYTES];
        while (at >= 0 && at < end) {
            int length = (int) Math.min(block.length, end - at);
            try {
                memory.seek(at);
                memory.readFully(block, 0, length);
            } catch (IOException _) {
                return false; // an area that nobody may read, such as the kernel's own
            }
            if (holds(block, wanted)) {
                return true;
            }
            at += length < block.length ? length : length - OVERLAP_BYTES;
        }
        return false;
    }

    private static boolean holds(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }
}
