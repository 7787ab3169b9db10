package dev.daypass.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the body of a message is framed (RFC 9112, section 6), and how it is handed on: as it comes,
/// with one buffer.
sealed interface Body {
    int BUFFER_BYTES = 16 * 1024;

    record None() implements Body {}

    /// @param length bytes
    record Fixed(long length) implements Body {}

    record Chunked() implements Body {}

    /// An answer that ends with its connection.
    record UntilClosed() implements Body {}

    /// Of a request. What could be read in two ways is refused (RFC 9112, section 6.3).
    static Body ofRequest(Head head) throws MalformedMessage {
        Body body = declared(head);
        return body == null ? new None() : body;
    }

    /// @param method of the request
    /// @param status of the answer
    static Body ofAnswer(Head head, String method, int status) throws MalformedMessage {
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return new None();
        }
        Body body = declared(head);
        return body == null ? new UntilClosed() : body;
    }

    private static @Nullable Body declared(Head head) throws MalformedMessage {
        List<String> lengths = head.all("content-length");
        List<String> codings = head.words("transfer-encoding");
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty() || !codings.equals(List.of("chunked"))) {
                throw new MalformedMessage("a body that is framed in two ways");
            }
            return new Chunked();
        }
        if (lengths.isEmpty()) {
            return null;
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new MalformedMessage("a Content-Length that is none");
        }
        long length = Long.parseLong(lengths.getFirst());
        return length == 0 ? new None() : new Fixed(length);
    }

    /// The head that announces this body.
    ///
    /// @param none whether a body that is not there is announced as such
    default Head announced(Head head, boolean none) {
        return switch (this) {
            case None() -> none ? head.with("Content-Length", "0") : head;
            case Fixed(var length) -> head.with("Content-Length", Long.toString(length));
            case Chunked() -> head.with("Transfer-Encoding", "chunked");
            case UntilClosed() -> head.with("Connection", "close");
        };
    }

    /// Hands it on, framed as it was, and shows what came as soon as it has come.
    default void copy(InputStream in, OutputStream out) throws IOException, MalformedMessage {
        copy(in, out, true);
    }

    /// The same without the frames of chunks.
    default void content(InputStream in, OutputStream out) throws IOException, MalformedMessage {
        copy(in, out, false);
    }

    private void copy(InputStream in, OutputStream out, boolean framed)
            throws IOException, MalformedMessage {
        byte[] buffer = new byte[BUFFER_BYTES];
        switch (this) {
            case None() -> {}
            case Fixed(var length) -> fixed(in, out, length, buffer);
            case Chunked() -> chunked(in, out, framed, buffer);
            case UntilClosed() -> {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        }
        out.flush();
    }

    private static void fixed(InputStream in, OutputStream out, long length, byte[] buffer)
            throws IOException {
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("closed within a body");
            }
            left -= n;
            out.write(buffer, 0, n);
            out.flush();
        }
    }

    private static void chunked(InputStream in, OutputStream out, boolean framed, byte[] buffer)
            throws IOException, MalformedMessage {
        for (long size = chunk(in); size > 0; size = chunk(in)) {
            long left = size;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("closed within a chunk");
                }
                left -= n;
                out.write(ascii(framed ? Integer.toHexString(n) + "\r\n" : ""));
                out.write(buffer, 0, n);
                out.write(ascii(framed ? "\r\n" : ""));
                out.flush();
            }
            if (!Head.more(in).isEmpty()) {
                throw new MalformedMessage("a chunk that is longer than it says");
            }
        }
        // Trailers end here: nobody who reads them may be told something that the head does not
        // say.
        String trailer = Head.more(in);
        while (!trailer.isEmpty()) {
            trailer = Head.more(in);
        }
        out.write(ascii(framed ? "0\r\n\r\n" : ""));
    }

    private static long chunk(InputStream in) throws IOException, MalformedMessage {
        String line = Head.more(in);
        int end = line.indexOf(';');
        String size = (end < 0 ? line : line.substring(0, end)).strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new MalformedMessage("a chunk without a size");
        }
        return Long.parseLong(size, 16);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
