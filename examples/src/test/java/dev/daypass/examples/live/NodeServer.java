package dev.daypass.examples.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server of Node.js, over HTTP, in a process of its own.
final class NodeServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private NodeServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts and returns once it listens.
    ///
    /// @param packages where it is installed
    /// @param script and its arguments
    static NodeServer start(Path packages, String... script) {
        try {
            int port = free();
            var words = new ArrayList<>(List.of("node"));
            words.addAll(List.of(script));
            var builder =
                    new ProcessBuilder(words)
                            .directory(packages.toFile())
                            .redirectErrorStream(true);
            builder.environment().put("PORT", String.valueOf(port));
            Process process = builder.start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            while (line != null && !line.contains("listening on port")) {
                line = out.readLine();
            }
            if (line == null) {
                throw new AssertionError("the sample server did not start");
            }
            // What it says later is read, or it would stop at a full pipe.
            Thread.ofVirtual().start(() -> drain(out));
            return new NodeServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(BufferedReader out) {
        try (out) {
            while (out.readLine() != null) {
                // dropped
            }
        } catch (IOException _) {
            // it has ended
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    URI endpoint() {
        return URI.create(url() + "/mcp");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
