package dev.daypass.examples.cluster;

import dev.daypass.cli.Main;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One process of the deployment, which may be killed and started anew at the same place.
abstract class Part implements AutoCloseable {
    private final String name;

    Part(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /// Starts it and returns once it serves.
    abstract void start();

    /// Ends it as a crash does, and returns when it is gone.
    abstract void kill();

    /// Where it is, for people.
    abstract String where();

    @Override
    public void close() {
        kill();
    }

    static void gone(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A server or an edge.
    static final class OfDaypass extends Part {
        private final Map<String, String> environment;
        private final Path log;
        private final String where;
        private volatile @Nullable Process process;

        /// @param environment without the prefix `DAYPASS_`
        /// @param log where its standard error is added to
        OfDaypass(String name, Map<String, String> environment, Path log, String where) {
            super(name);
            this.environment = Map.copyOf(environment);
            this.log = log;
            this.where = where;
        }

        @Override
        void start() {
            var builder =
                    new ProcessBuilder(command())
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            environment.forEach((key, value) -> builder.environment().put("DAYPASS_" + key, value));
            try {
                Process started = builder.start();
                process = started;
                String ports = started.inputReader(StandardCharsets.UTF_8).readLine();
                if (ports == null) {
                    throw new IllegalStateException(name() + " did not start; see " + log);
                }
                JsonFields.of(Json.parse(ports)).longValue("agents");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (WireException e) {
                throw new IllegalStateException(name() + " did not say where it is", e);
            }
        }

        /// As this JVM was started itself, its cache of loaded classes among it.
        private static List<String> command() {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("-XX:"))
                    .forEach(command::add);
            command.addAll(
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx160m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "serve",
                            "-o",
                            "json"));
            return command;
        }

        @Override
        void kill() {
            Process running = process;
            if (running != null) {
                gone(running);
            }
        }

        /// Has the system stop it (`STOP`) or let it go on (`CONT`).
        void signal(String name) {
            Process running = process;
            if (running == null) {
                return;
            }
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        String where() {
            Process running = process;
            return where + (running == null ? "" : "  pid " + running.pid());
        }
    }
}
