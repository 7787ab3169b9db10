package dev.daypass.examples.live;

import dev.daypass.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A `daypass run` in a process of its own.
final class RunProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private RunProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    /// @param identity the agent's
    /// @param err where its standard error goes
    /// @param more variables besides
    static RunProcess start(Path identity, Path err, Map<String, String> more, String... words) {
        return under(Wrapper.PLAIN, identity, err, more, words);
    }

    /// How the wrapper is started.
    ///
    /// @param launcher the command that starts it; empty where that is this process
    /// @param heap how much memory it has
    /// @param jars of few jars, as it is prepared when building; else of all
    record Wrapper(List<String> launcher, String heap, boolean jars) {
        static final Wrapper PLAIN = new Wrapper(List.of(), "128m", false);

        /// On what the command itself starts programs with.
        static final Wrapper PREPARED = new Wrapper(List.of(), "128m", true);

        /// At a terminal of its own, on which everything is printed.
        static final Wrapper AT_TERMINAL =
                new Wrapper(List.of("python3", script("terminal.py")), "128m", false);

        /// With a heap that no large body fits into.
        static final Wrapper SMALL = new Wrapper(List.of(), "40m", false);
    }

    /// A script of the tests, in Python.
    static String script(String name) {
        return Path.of(System.getProperty("basedir", "."), "src/test/python", name)
                .toAbsolutePath()
                .toString();
    }

    static RunProcess under(
            Wrapper wrapper, Path identity, Path err, Map<String, String> more, String... words) {
        var command = new ArrayList<>(wrapper.launcher());
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx" + wrapper.heap(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Ddaypass.class.path=" + (wrapper.jars() ? FewJars.ALL : ""),
                        "-cp",
                        wrapper.jars() ? FewJars.classPath() : FewJars.ALL,
                        Main.class.getName(),
                        "run"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("DAYPASS_IDENTITY", identity.toString());
        builder.environment().putAll(more);
        try {
            return new RunProcess(builder.start(), err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// The next line that the program printed.
    String line() {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells the program to go on.
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Everything that the program prints from now on, once it has ended.
    String rest() {
        return String.join("\n", out.lines().toList());
    }

    String said() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As `kill` does it. What it has printed can still be read.
    void terminate() {
        process.toHandle().destroy();
    }

    /// As `kill -9` does it.
    void kill() {
        process.toHandle().destroyForcibly();
    }

    int status() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
