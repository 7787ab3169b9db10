package dev.daypass.examples.live;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// One TLS connection on which bytes are sent as they are, for requests that no well-behaved client
/// sends.
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket raw;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    private Wire(Socket raw, SSLSocket socket) throws IOException {
        this.raw = raw;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static Wire to(int port, SSLContext tls) {
        return to(port, tls, "http/1.1");
    }

    /// Agrees on HTTP/2, and says nothing yet.
    static Wire http2(int port, SSLContext tls) {
        return to(port, tls, "h2");
    }

    private static Wire to(int port, SSLContext tls, String protocol) {
        try {
            var raw = new Socket(InetAddress.getLoopbackAddress(), port);
            var socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(raw, "127.0.0.1", port, true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Wire(raw, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SSLSession session() {
        return socket.getSession();
    }

    /// What came back.
    ///
    /// @param status 0 where the connection was closed without an answer
    /// @param fields header lines as they are
    /// @param body text of the body
    record Reply(int status, List<String> fields, String body) {
        String field(String name) {
            return fields.stream()
                    .filter(f -> f.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(f -> f.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /// Sends text, one byte a character.
    Wire send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request and reads its answer.
    Reply ask(String text) {
        return ask(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Reply ask(byte[] bytes) {
        try {
            return send(bytes).reply();
        } catch (UncheckedIOException _) {
            return new Reply(0, List.of(), ""); // closed while we were still talking
        }
    }

    /// Reads one answer to a request other than HEAD.
    Reply reply() {
        return reply(true);
    }

    Reply reply(boolean withBody) {
        try {
            String first = line(in);
            if (first.isEmpty()) {
                return new Reply(0, List.of(), "");
            }
            var fields = new ArrayList<String>();
            for (String field = line(in); !field.isEmpty(); field = line(in)) {
                fields.add(field);
            }
            int status = Integer.parseInt(first.split(" ", 3)[1]);
            if (status == 100) {
                return reply(withBody);
            }
            var head = new Reply(status, List.copyOf(fields), "");
            boolean bodiless = !withBody || status == 204 || status == 304;
            return bodiless ? head : new Reply(status, head.fields(), body(head));
        } catch (EOFException _) {
            return new Reply(0, List.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(Reply head) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (head.field("transfer-encoding").equalsIgnoreCase("chunked")) {
            for (int size = size(); size > 0; size = size()) {
                bytes.write(in.readNBytes(size));
                line(in);
            }
            line(in);
        } else if (head.field("content-length").isEmpty()) {
            bytes.write(in.readAllBytes());
        } else {
            bytes.write(in.readNBytes(Integer.parseInt(head.field("content-length"))));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private int size() throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    /// A line without its end; empty at the end of the stream.
    static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /// Whether the other side closes without another byte.
    boolean closes() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException _) {
            return true;
        }
    }

    /// Closes without a word, also while another thread is writing.
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OutputStream out() {
        return out;
    }

    InputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
