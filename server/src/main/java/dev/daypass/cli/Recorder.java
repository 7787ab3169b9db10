package dev.daypass.cli;

import dev.daypass.console.Printed;
import dev.daypass.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Keeps what is printed to two streams, up to a limit, in the order in which it was.
final class Recorder {
    private static final int OUT = 1;
    private static final int ERR = 2;

    /// After so many changes from one stream to the other, the order is kept no longer.
    private static final int PARTS_MAX = 64;

    private final int bytesMax;
    private final List<Stretch> stretches = new ArrayList<>();
    private int bytes;
    private boolean full;

    /// @param bytesMax of both streams together
    Recorder(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    private record Stretch(int stream, ByteArrayOutputStream text) {}

    PrintStream out() {
        return new PrintStream(new Stream(OUT), true, StandardCharsets.UTF_8);
    }

    PrintStream err() {
        return new PrintStream(new Stream(ERR), true, StandardCharsets.UTF_8);
    }

    /// Whether something was printed that is not kept.
    boolean full() {
        return full;
    }

    List<Printed.Part> parts() {
        return stretches.stream()
                .map(s -> new Printed.Part(s.stream(), Body.of(s.text().toByteArray())))
                .toList();
    }

    private ByteArrayOutputStream text(int stream) {
        int last = stretches.size() - 1;
        for (int i = last; i >= 0 && (i == last || stretches.size() >= PARTS_MAX); i--) {
            if (stretches.get(i).stream() == stream) {
                return stretches.get(i).text();
            }
        }
        var text = new ByteArrayOutputStream();
        stretches.add(new Stretch(stream, text));
        return text;
    }

    private final class Stream extends OutputStream {
        private final int number;

        Stream(int number) {
            this.number = number;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (full || length > bytesMax - bytes) {
                full = true;
                throw new IOException("more than %d bytes were printed".formatted(bytesMax));
            }
            bytes += length;
            text(number).write(from, offset, length);
        }
    }
}
