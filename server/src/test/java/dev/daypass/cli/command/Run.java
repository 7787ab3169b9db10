package dev.daypass.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// One run of a command.
///
/// @param code exit status
/// @param out standard output
/// @param err standard error
record Run(int code, String out, String err) {
    /// When commands are run that are told the time.
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    /// Where commands are run.
    static final class Place {
        private final Path home;
        private final Map<String, String> environment = new HashMap<>();
        private InstantSource clock = InstantSource.fixed(NOW);
        private Shell.Pause pause =
                _ -> {
                    throw new AssertionError("nothing to wait for");
                };
        private String in = "";

        Place(Path home) {
            this.home = home;
        }

        Place with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Place at(InstantSource time) {
            this.clock = time;
            return this;
        }

        Place pausing(Shell.Pause how) {
            this.pause = how;
            return this;
        }

        Place input(String text) {
            this.in = text;
            return this;
        }

        Run run(String... args) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            var shell =
                    new Shell(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                            environment,
                            home,
                            clock,
                            pause);
            int code = Commands.run(shell, args);
            return new Run(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
    }
}
