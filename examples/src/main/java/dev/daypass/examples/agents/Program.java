package dev.daypass.examples.agents;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An agent's process: it is given a wish on each line, and says in JSON what came of it.
final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final OutputStream in;
    private final Path err;

    private Program(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.getOutputStream();
        this.err = err;
    }

    /// How one is started.
    ///
    /// @param directory where it runs
    /// @param words command and arguments
    /// @param environment besides the ordinary
    record Start(Path directory, List<String> words, Map<String, String> environment) {
        Start {
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
        }
    }

    static Program start(Start start) {
        try {
            Path err = Files.createTempFile("daypass-agent", ".err");
            var builder =
                    new ProcessBuilder(start.words())
                            .directory(start.directory().toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(start.environment());
            return new Program(builder.start(), err);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start `%s`; it must be on the path".formatted(start.words().getFirst()),
                    e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// The processes that this one started.
    List<Long> descendants() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /// Gives it a wish.
    void wish(String words) {
        try {
            in.write((words + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(said(), e);
        }
    }

    /// What it says next.
    ///
    /// @throws IllegalStateException if it ended instead
    JsonFields next() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the agent ended: " + said());
            }
            return JsonFields.of(Json.parse(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it wrote to standard error so far.
    String said() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first account that standard error names.
    Optional<String> account() {
        String said = said();
        int at = said.indexOf("acc_");
        return at < 0 || said.length() < at + ACCOUNT_CHARS
                ? Optional.empty()
                : Optional.of(said.substring(at, at + ACCOUNT_CHARS));
    }

    private static final int ACCOUNT_CHARS = 30;

    /// Says that there are no more wishes, and waits for its end.
    int end() {
        try {
            in.close();
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Files.deleteIfExists(err);
        } catch (IOException _) {
            // a temporary file stays
        }
    }
}
