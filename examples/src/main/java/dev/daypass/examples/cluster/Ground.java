package dev.daypass.examples.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What the servers stand on: PostgreSQL and NATS, as processes of our own.
final class Ground {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Ground() {}

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A PostgreSQL whose programs come from Maven Central.
    static final class Postgres extends Part {
        private final Path data;
        private final int port = freePort();
        private @Nullable EmbeddedPostgres running;

        Postgres(Path data) {
            super("postgresql");
            this.data = data;
        }

        @Override
        void start() {
            try {
                running =
                        EmbeddedPostgres.builder()
                                .setDataDirectory(data)
                                .setCleanDataDirectory(false)
                                .setRegisterShutdownHook(false)
                                .setPort(port)
                                .setServerConfig("fsync", "on")
                                .setServerConfig("synchronous_commit", "on")
                                .setServerConfig("full_page_writes", "on")
                                .setPGStartupWait(Duration.ofSeconds(60))
                                .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// At once and without a word to anybody, as a crash: what is in memory is lost, what was
        /// committed is recovered at the next start.
        @Override
        void kill() {
            try {
                Path file = data.resolve("postmaster.pid");
                if (!Files.exists(file)) {
                    return;
                }
                long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
                new ProcessBuilder("kill", "-QUIT", String.valueOf(pid)).start().waitFor();
                ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
                EmbeddedPostgres ended = running;
                if (ended != null) {
                    ended.close(); // gives its directory free
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        int port() {
            return port;
        }

        @Override
        String where() {
            return "127.0.0.1:" + port;
        }
    }

    /// A NATS server from the Debian package.
    static final class Nats extends Part {
        private final Path log;
        private final int port = freePort();
        private @Nullable Process process;

        Nats(Path log) {
            super("nats");
            this.log = log;
        }

        @Override
        void start() {
            try {
                Process started =
                        new ProcessBuilder(
                                        tool("nats-server"),
                                        "-a",
                                        "127.0.0.1",
                                        "-p",
                                        String.valueOf(port))
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                                .start();
                process = started;
                while (!accepts(port)) {
                    if (!started.isAlive()) {
                        throw new IllegalStateException("nats-server did not start; see " + log);
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        void kill() {
            Process running = process;
            if (running != null) {
                gone(running);
            }
        }

        int port() {
            return port;
        }

        @Override
        String where() {
            return "nats://127.0.0.1:" + port;
        }
    }

    private static boolean accepts(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The path of a program, fetched where it is not installed.
    private static String tool(String program) throws IOException {
        String home = System.getenv("DAYPASS_HOME");
        Path script = Path.of(home == null ? ".." : home, "scripts", "debian-tool");
        Process process =
                new ProcessBuilder(script.toAbsolutePath().normalize().toString(), program)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String path =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (path.isEmpty()) {
            throw new IllegalStateException("there is no " + program);
        }
        return path;
    }
}
