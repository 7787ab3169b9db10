package dev.daypass.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Bytes both ways, until both sides have said all.
final class Tunnel {
    private Tunnel() {}

    static void between(Wire one, Wire other) {
        Thread back = Thread.ofVirtual().start(() -> copy(other, one));
        copy(one, other);
        try {
            back.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Wire from, Wire to) {
        try {
            copy(from.in(), to.out());
            to.socket().shutdownOutput();
        } catch (IOException | UnsupportedOperationException _) {
            from.close();
            to.close();
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[Body.BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }
}
