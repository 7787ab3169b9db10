package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// The least that telling many and hearing from each of them can take: a bare message broker, a
/// message to so many subscribers, each of which answers at once. No TLS, nothing durable. The
/// subscribers are threads of this process, each with a connection of its own.
final class FanOut {
    private static final int WARM_ROUNDS = 2_000;
    private static final int ROUNDS = 5_000;

    private FanOut() {}

    /// A connection that speaks in lines.
    private static final class Lines implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final OutputStream out;

        Lines(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            out = socket.getOutputStream();
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the connection ended");
            }
            return line;
        }

        /// Reads up to a line that begins so.
        void until(String beginning) throws IOException {
            String line = line();
            while (!line.startsWith(beginning)) {
                if (line.equals("PING")) {
                    say("PONG\r\n");
                }
                line = line();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// NATS: a request, and a reply from each subscriber.
    static Optional<Json> nats(Site site, int subscribers) {
        return measured(
                site,
                "nats-server",
                List.of("-a", "127.0.0.1", "-p"),
                (port, open) -> {
                    for (int i = 0; i < subscribers; i++) {
                        Lines one = opened(open, port);
                        one.say("CONNECT {\"verbose\":false}\r\nSUB news 1\r\nPING\r\n");
                        one.until("PONG");
                        answering(() -> {
                            one.until("MSG");
                            one.line();
                            one.say("PUB heard 1\r\nx\r\n");
                        });
                    }
                    Lines own = opened(open, port);
                    own.say("CONNECT {\"verbose\":false}\r\nSUB heard 2\r\nPING\r\n");
                    own.until("PONG");
                    return () -> {
                        own.say("PUB news 1\r\nx\r\n");
                        for (int i = 0; i < subscribers; i++) {
                            own.until("MSG");
                            own.line();
                        }
                    };
                });
    }

    /// Redis pub/sub: each subscriber publishes that it has heard.
    static Optional<Json> redis(Site site, int subscribers) {
        List<String> options =
                List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port");
        return measured(
                site,
                "redis-server",
                options,
                (port, open) -> {
                    for (int i = 0; i < subscribers; i++) {
                        Lines one = opened(open, port);
                        Lines back = opened(open, port);
                        one.say("SUBSCRIBE news\r\n");
                        one.until(":1");
                        answering(() -> {
                            one.until("x");
                            back.say("PUBLISH heard x\r\n");
                            back.line();
                        });
                    }
                    Lines own = opened(open, port);
                    own.say("SUBSCRIBE heard\r\n");
                    own.until(":1");
                    Lines out = opened(open, port);
                    return () -> {
                        out.say("PUBLISH news x\r\n");
                        out.line();
                        for (int i = 0; i < subscribers; i++) {
                            own.until("x");
                        }
                    };
                });
    }

    @FunctionalInterface
    private interface Work {
        void once() throws IOException;
    }

    @FunctionalInterface
    private interface Connected {
        Work round(int port, List<Lines> open) throws IOException;
    }

    private static Lines opened(List<Lines> open, int port) throws IOException {
        var lines = new Lines(port);
        open.add(lines);
        return lines;
    }

    /// Until its connection ends.
    private static void answering(Work work) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            work.once();
                        }
                    } catch (IOException _) {
                        return;
                    }
                });
    }

    private static Optional<Json> measured(
            Site site, String program, List<String> options, Connected connected) {
        Optional<String> path = Tool.find(program);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        int port = Peer.freePort();
        var command = new ArrayList<>(site.cores().server());
        command.add(path.get());
        command.addAll(options);
        command.add(Integer.toString(port));
        Path log = site.directory(program).resolve("log");
        Process process = null;
        var open = new ArrayList<Lines>();
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(site.directory(program).toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Peer.awaitListening(port, log);
            return Optional.of(figures(connected.round(port, open)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(FanOut::closed);
            if (process != null) {
                process.destroy();
            }
        }
    }

    private static void closed(Lines lines) {
        try {
            lines.close();
        } catch (IOException _) {
            return; // it is of no use any more
        }
    }

    private static Json figures(Work round) throws IOException {
        for (int i = 0; i < WARM_ROUNDS; i++) {
            round.once();
        }
        var histogram = new Histogram(3);
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            round.once();
            histogram.recordValue(System.nanoTime() - start);
        }
        return Json.object()
                .put("p50_ms", Figures.of(histogram.getValueAtPercentile(50) / 1e6))
                .put("p99_ms", Figures.of(histogram.getValueAtPercentile(99) / 1e6))
                .build();
    }
}
