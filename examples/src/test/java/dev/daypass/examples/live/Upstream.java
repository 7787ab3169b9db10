package dev.daypass.examples.live;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A service on loopback that sees every byte of a request as it comes and answers by a script.
final class Upstream implements AutoCloseable {
    private final ServerSocket listener;
    private volatile Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /// Answers one request. The connection ends when it throws.
    @FunctionalInterface
    interface Script {
        void answer(Received request, InputStream in, OutputStream out) throws IOException;
    }

    /// The head of a request, as it came.
    ///
    /// @param line request line
    /// @param fields header lines
    record Received(String line, List<String> fields) {
        String target() {
            return line.split(" ", 3)[1];
        }

        List<String> all(String name) {
            return fields.stream()
                    .filter(f -> f.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(f -> f.substring(name.length() + 1).strip())
                    .toList();
        }

        String field(String name) {
            return String.join(", ", all(name));
        }

        List<String> names() {
            return fields.stream().map(f -> f.split(":", 2)[0].toLowerCase(Locale.ROOT)).toList();
        }
    }

    private Upstream(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static Upstream start(Script script) {
        return start(0, script);
    }

    /// @param port 0 for any free one
    static Upstream start(int port, Script script) {
        try {
            var upstream =
                    new Upstream(
                            new ServerSocket(port, 512, InetAddress.getLoopbackAddress()), script);
            Thread.ofVirtual().start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads the body and says that it is fine.
    static void fine(Received request, InputStream in, OutputStream out) throws IOException {
        body(request, in);
        say(out, "200 OK", "fine");
    }

    static void say(OutputStream out, String status, String body, String... fields)
            throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static byte[] body(Received request, InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (request.field("transfer-encoding").equals("chunked")) {
            for (int size = size(in); size > 0; size = size(in)) {
                bytes.write(in.readNBytes(size));
                Wire.line(in);
            }
            Wire.line(in);
        } else if (!request.field("content-length").isEmpty()) {
            bytes.write(in.readNBytes(Integer.parseInt(request.field("content-length"))));
        }
        return bytes.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String line = Wire.line(in);
        if (line.isEmpty()) {
            throw new IOException("the request broke off");
        }
        return Integer.parseInt(line, 16);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream());
            for (String line = Wire.line(in); !line.isEmpty(); line = Wire.line(in)) {
                var fields = new ArrayList<String>();
                for (String field = Wire.line(in); !field.isEmpty(); field = Wire.line(in)) {
                    fields.add(field);
                }
                var request = new Received(line, List.copyOf(fields));
                Script now = script; // before anybody can know that the request is here
                received.add(request);
                now.answer(request, in, out);
            }
        } catch (IOException _) {
            // The edge has gone.
        } finally {
            open.remove(socket);
            closed.incrementAndGet();
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    Received last() {
        return received.getLast();
    }

    /// Forgets what was received and answers by another script from now on.
    void follow(Script another) {
        received.clear();
        script = another;
    }

    /// How many connections were made.
    int connections() {
        return connections.get();
    }

    /// How many connections have ended.
    int closed() {
        return closed.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
