package dev.daypass.cli.command;

import dev.daypass.cli.OperatorApi;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command sees of the world around it.
///
/// @param out what was asked for
/// @param err everything said besides
/// @param in standard input
/// @param environment variables
/// @param home the user's own directory
/// @param clock wall clock
/// @param pause waits
/// @param operatorApi the operator API, where a command runs beside it; `null` where the command
///   has to find its way there
public record Shell(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path home,
        InstantSource clock,
        Pause pause,
        @Nullable OperatorApi operatorApi) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /// One whose commands find their way to a server.
    public Shell(
            PrintStream out,
            PrintStream err,
            InputStream in,
            Map<String, String> environment,
            Path home,
            InstantSource clock,
            Pause pause) {
        this(out, err, in, environment, home, clock, pause, null);
    }

    /// Waits for a while.
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /// That of this process. Text goes out in UTF-8 whatever the locale says.
    public static Shell ofProcess() {
        return new Shell(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                // Without a buffer: what stands behind a line is for whom this process starts.
                new FileInputStream(FileDescriptor.in),
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                Clock.systemUTC(),
                Thread::sleep);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /// An option, else a variable that is set and not empty, else the default.
    String setting(@Nullable String option, String variable, String otherwise) {
        if (option != null) {
            return option;
        }
        String set = environment.getOrDefault(variable, "");
        return set.isEmpty() ? otherwise : set;
    }

    void say(String line) {
        out.println(line);
    }

    void say(Iterable<String> lines) {
        lines.forEach(out::println);
    }

    /// Says something that is not part of the answer.
    void note(String line) {
        err.println(line);
    }
}
