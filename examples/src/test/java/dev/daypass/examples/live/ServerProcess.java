package dev.daypass.examples.live;

import dev.daypass.cli.Main;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A server in a process of its own, which can be killed.
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final JsonFields ports;

    private ServerProcess(Process process, JsonFields ports) {
        this.process = process;
        this.ports = ports;
    }

    /// Starts and returns once it serves.
    ///
    /// @param log where its standard error is added to
    static ServerProcess start(Path data, Map<String, String> settings, File log) {
        var builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx192m",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        "serve",
                                        "-o",
                                        "json"))
                        .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(Installation.environment(data, settings));
        try {
            Process process = builder.start();
            try {
                return new ServerProcess(process, ports(process, log));
            } catch (IOException | RuntimeException | AssertionError e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it listens, once it serves.
    private static JsonFields ports(Process process, File log) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ports = out.readLine();
        if (ports == null) {
            throw new AssertionError("the server did not start; see " + log);
        }
        return JsonFields.of(Json.parse(ports));
    }

    int console() {
        return port("console");
    }

    int agents() {
        return port("agents");
    }

    int health() {
        return port("health");
    }

    private int port(String of) {
        return Math.toIntExact(ports.longValue(of));
    }

    /// Has it stand still, as a machine that is put to sleep does, or go on.
    void signal(String name) {
        done("kill", "-" + name, Long.toString(process.pid()));
    }

    /// Files of its may not grow beyond this from now on: what a full disk is to small ones.
    ///
    /// @param bytes or `unlimited`
    void limitFiles(String bytes) {
        // The soft limit alone: it can be lifted again.
        done("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
    }

    private static void done(String... words) {
        try {
            Process command = new ProcessBuilder(words).inheritIO().start();
            if (command.waitFor() != 0) {
                throw new AssertionError(String.join(" ", words));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// As `kill -9` does it.
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    /// Tells it to stop, as a supervisor does.
    void stop() {
        process.destroy();
    }

    /// @return its exit code
    int waitFor() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Asks it to stop, and waits until it has.
    @Override
    public void close() {
        stop();
        waitFor();
    }
}
