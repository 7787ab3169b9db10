package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A child JVM. It says one JSON line when it is ready, answers lines with lines, and ends when its
/// standard input does: also when this process is killed.
final class Child implements AutoCloseable {
    private static final int END_SECONDS_MAX = 20;
    private static final List<String> NOT_INHERITED =
            List.of("-agentlib", "-javaagent", "-Xrunjdwp", "-XX:StartFlightRecording", "-Dseed");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Json.Obj ready;
    private final long readyNanos;

    private Child(Process process, long startNanos) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.ready = line();
        this.readyNanos = System.nanoTime() - startNanos;
    }

    /// @param before arguments before the command, to pin it
    /// @param jvm further JVM options
    /// @param environment variables besides those of this process; `DAYPASS_…` are not inherited
    /// @param main class to run, then its arguments
    record Command(
            List<String> before,
            List<String> jvm,
            Map<String, String> environment,
            List<String> main) {}

    /// Starts it and waits until it is ready.
    static Child start(Command command) {
        var words = new ArrayList<>(command.before());
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(inherited());
        words.addAll(command.jvm());
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(command.main());
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
        builder.environment().putAll(command.environment());
        long startNanos = System.nanoTime();
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Child(process, startNanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
                .toList();
    }

    private Json.Obj line() {
        try {
            String line = out.readLine();
            if (line != null && Json.parse(line) instanceof Json.Obj object) {
                return object;
            }
            throw new IllegalStateException("a child process said `%s`".formatted(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (WireException e) {
            throw new IllegalStateException("a child process did not say JSON", e);
        }
    }

    /// Sends a line and waits for its answer.
    Json.Obj ask(String question) {
        try {
            in.write(question + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line();
    }

    /// How long its compiler has worked so far, milliseconds.
    double compilerMillis() {
        return Figures.number(ask("compiler"), "millis");
    }

    int port(String name) {
        return (int) Figures.number(ready, name);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    double readyMillis() {
        return readyNanos / 1e6;
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (IOException _) {
            process.destroyForcibly(); // it has gone already
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
