package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program of this machine that a test needs; its absence is a failure, never a skip.
final class Command {
    private static final long SECONDS_MAX = 600;

    private final Path directory;
    private final Map<String, String> environment;

    /// @param directory where it runs
    Command(Path directory) {
        this(directory, Map.of());
    }

    private Command(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /// What a program did.
    ///
    /// @param status exit status
    /// @param out what it wrote to standard output
    /// @param err what it wrote to standard error
    record Outcome(int status, String out, String err) {
        /// Its standard output, of a program that must have succeeded.
        String good() {
            assertEquals(0, status, () -> out + err);
            return out;
        }
    }

    Command with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(directory, Map.copyOf(more));
    }

    Outcome run(List<String> words) {
        return run(words, "");
    }

    /// @param input for its standard input
    Outcome run(List<String> words, String input) {
        try {
            Path out = Files.createTempFile(directory, "out", ".txt");
            Path err = Files.createTempFile(directory, "err", ".txt");
            try {
                int status = finished(started(words, out, err), words, input);
                return new Outcome(status, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process started(List<String> words, Path out, Path err) {
        var builder =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException _) {
            return fail(
                    "the tests need `%s` on the path; install it (docs/testing.md)"
                            .formatted(words.getFirst()));
        }
    }

    private static int finished(Process process, List<String> words, String input)
            throws IOException {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return fail("`%s` ran for more than %d s".formatted(words.getFirst(), SECONDS_MAX));
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }
}
