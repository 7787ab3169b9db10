package dev.daypass.examples.agents;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Somebody who can read all of an agent's process, as Linux shows it to its user: environment,
/// arguments and memory.
final class Thief {
    private static final int BLOCK_BYTES = 1024 * 1024;
    private static final int OVERLAP_BYTES = 8 * 1024;
    private static final int TOKENS_MAX = 100;
    // A JWT (RFC 7519) in compact form.
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[\\w-]{10,2000}\\.eyJ[\\w-]{10,6000}\\.[\\w-]{80,700}");

    private Thief() {}

    /// Whether this can be tried on this machine.
    static boolean possible() {
        return Files.isReadable(Path.of("/proc/self/maps"));
    }

    /// Whether the text stands anywhere in the process.
    static boolean finds(String text, long pid) {
        var found = new boolean[1];
        read(pid, bytes -> found[0] |= bytes.contains(text));
        return found[0];
    }

    /// Tokens anywhere in the process.
    static Set<String> tokens(long pid) {
        var found = new LinkedHashSet<String>();
        read(
                pid,
                bytes ->
                        TOKEN.matcher(bytes)
                                .results()
                                .limit(TOKENS_MAX)
                                .forEach(token -> found.add(token.group())));
        return found;
    }

    private static void read(long pid, Consumer<String> each) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            for (String file : List.of("environ", "cmdline")) {
                each.accept(text(Files.readAllBytes(proc.resolve(file))));
            }
            try (var memory = new RandomAccessFile(proc.resolve("mem").toFile(), "r")) {
                for (String area : Files.readAllLines(proc.resolve("maps"))) {
                    String[] words = area.split("\\s+");
                    if (words[1].startsWith("r")) {
                        read(memory, words[0].split("-"), each);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(RandomAccessFile memory, String[] area, Consumer<String> each) {
        long at = Long.parseUnsignedLong(area[0], 16);
        long end = Long.parseUnsignedLong(area[1], 16);
        byte[] block = new byte[BLOCK_BYTES];
        while (at >= 0 && at < end) {
            int length = (int) Math.min(block.length, end - at);
            try {
                memory.seek(at);
                memory.readFully(block, 0, length);
            } catch (IOException _) {
                return; // an area that nobody may read, such as the kernel's own
            }
            each.accept(new String(block, 0, length, StandardCharsets.ISO_8859_1));
            at += length < block.length ? length : length - OVERLAP_BYTES;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
