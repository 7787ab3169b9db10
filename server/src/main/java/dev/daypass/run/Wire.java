package dev.daypass.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/// A connection that speaks HTTP/1.1.
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final Input in;
    private final OutputStream out;
    private long freeSinceNanos;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new Input(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), Body.BUFFER_BYTES);
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void send(Head head) throws IOException {
        out.write(head.bytes());
    }

    void freeAt(long nanos) {
        freeSinceNanos = nanos;
    }

    long freeSinceNanos() {
        return freeSinceNanos;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // closed it is
        }
    }

    /// What has come and was not read: who goes on with the socket itself must begin with it.
    byte[] unread() {
        return in.taken();
    }

    private static final class Input extends BufferedInputStream {
        Input(InputStream in) {
            super(in, Body.BUFFER_BYTES);
        }

        synchronized byte[] taken() {
            byte[] rest = Arrays.copyOfRange(buf, pos, count);
            pos = count;
            return rest;
        }
    }
}
