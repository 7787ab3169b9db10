package dev.daypass.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Another proxy in the server's place, with one worker on the server's core.
///
/// @param name the program's
/// @param plain where it listens without TLS
/// @param mutual where it listens with mutual TLS
/// @param process the program
record Peer(String name, int plain, int mutual, Process process) implements AutoCloseable {
    private static final int END_SECONDS_MAX = 5;
    private static final int TRIES = 50;

    /// What a peer's configuration is made from.
    ///
    /// @param plain where it shall listen without TLS
    /// @param mutual where it shall listen with mutual TLS
    /// @param upstream where the upstream is
    /// @param tls directory of `chain.pem`, `key.pem`, `both.pem`, `anchors.pem` and `tokens.pem`
    /// @param own directory for files of its own
    record Place(int plain, int mutual, int upstream, Path tls, Path own) {}

    /// nginx, which passes on without any check.
    static Optional<Peer> nginx(Site site) {
        return Tool.find("nginx").map(program -> start(site, "nginx", program));
    }

    /// HAProxy, which checks each call's token as `jwt_verify` does (ES256).
    static Optional<Peer> haproxy(Site site) {
        return Tool.find("haproxy").map(program -> start(site, "haproxy", program));
    }

    private static Peer start(Site site, String name, String program) {
        try {
            Path own = site.directory(name);
            var place =
                    new Place(
                            freePort(),
                            freePort(),
                            site.upstream().port("http"),
                            site.tlsFiles(),
                            own);
            Path configuration = own.resolve(name + ".conf");
            var command = new ArrayList<>(site.cores().server());
            command.add(program);
            if (name.equals("nginx")) {
                Files.writeString(configuration, PeerConfiguration.nginx(place));
                command.addAll(List.of("-p", own.toString(), "-c", configuration.toString()));
            } else {
                Files.writeString(configuration, PeerConfiguration.haproxy(place));
                command.addAll(List.of("-db", "-f", configuration.toString()));
            }
            Path log = own.resolve("log");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            awaitListening(place.plain(), log);
            awaitListening(place.mutual(), log);
            return new Peer(name, place.plain(), place.mutual(), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitListening(int port, Path log) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                pause();
            }
        }
        throw new IOException(
                "a peer did not listen on port %d: %s".formatted(port, Files.readString(log)));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
