package dev.daypass.cli;

import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Served;
import dev.daypass.cli.command.Shell;
import dev.daypass.console.CommandRunner;
import dev.daypass.console.Printed;
import dev.daypass.permission.HttpMethod;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs commands in the server's process. They see nothing of it: no variable, no file, no input,
/// only the operator API as their caller may use it.
///
/// @param clock wall clock
/// @param data where the server's own operator has a token
record CommandsHere(InstantSource clock, DataDirectory data) implements CommandRunner {
    private static final int OUTPUT_BYTES_MAX = 2 * 1024 * 1024;
    private static final Path NOWHERE = Path.of("/dev/null");

    @Override
    public String version() {
        return Release.VERSION;
    }

    @Override
    public @Nullable String tokenFile() {
        return data.guardedTokenFile();
    }

    @Override
    public @Nullable Printed run(List<String> arguments, boolean colour, Api api) {
        if (!Served.includes(arguments)) {
            return null;
        }
        var recorder = new Recorder(OUTPUT_BYTES_MAX);
        var shell =
                new Shell(
                        recorder.out(),
                        recorder.err(),
                        InputStream.nullInputStream(),
                        colour ? Map.of("DAYPASS_TERMINAL", "1") : Map.of(),
                        NOWHERE,
                        clock,
                        _ -> {
                            throw new IllegalStateException("nothing here waits");
                        },
                        as(api));
        int status = Commands.run(shell, arguments.toArray(String[]::new));
        return recorder.full() ? null : new Printed(status, recorder.parts());
    }

    private static OperatorApi as(Api api) {
        return (method, path, body) ->
                Answer.of(
                        api.send(
                                HttpMethod.of(method).orElseThrow(),
                                path,
                                body == null ? new byte[0] : body.bytes()));
    }
}
