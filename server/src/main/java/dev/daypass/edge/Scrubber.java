package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/// Takes echoes of the injected secret out of what goes back to the agent: each is overwritten with
/// as many `*`, so that lengths stay right. Holds back at most the length of the secret between two
/// chunks of a body.
final class Scrubber implements BodyFilter {
    private final Needles needles;
    private byte[] held = new byte[0];
    private BitSet heldFound = new BitSet();

    Scrubber(Needles needles) {
        this.needles = needles;
    }

    @Override
    public boolean idle() {
        return needles.idle();
    }

    String scrub(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        var found = new BitSet();
        mark(bytes, found);
        return found.isEmpty()
                ? value
                : new String(starred(bytes, found, bytes.length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Buffer next(Buffer chunk) {
        byte[] all = Arrays.copyOf(held, held.length + chunk.length());
        chunk.getBytes(all, held.length);
        BitSet found = heldFound;
        int out = mark(all, found);
        if (held.length == 0 && out == all.length && found.isEmpty()) {
            return chunk; // as nearly all are
        }
        held = Arrays.copyOfRange(all, out, all.length);
        heldFound = found.get(out, all.length);
        return Buffer.buffer(starred(all, found, out));
    }

    @Override
    public boolean holdsNothing() {
        return held.length == 0;
    }

    @Override
    public Buffer rest() {
        Buffer out = Buffer.buffer(starred(held, heldFound, held.length));
        held = new byte[0];
        heldFound = new BitSet();
        return out;
    }

    /// Marks the bytes that lie in some secret. Secrets may overlap: all are looked for in the
    /// bytes as they came.
    ///
    /// @return where the first secret may begin of which the end is still to come
    private int mark(byte[] bytes, BitSet found) {
        int complete = bytes.length;
        for (int at = needles.next(bytes, 0); at < bytes.length; at = needles.next(bytes, at + 1)) {
            for (Pattern pattern : needles.patterns()) {
                Pattern.Found here = pattern.at(bytes, at);
                if (here.end() > 0) {
                    found.set(at, here.end());
                }
                if (here.open()) {
                    complete = Math.min(complete, at);
                }
            }
        }
        return complete;
    }

    private static byte[] starred(byte[] bytes, BitSet found, int length) {
        byte[] out = Arrays.copyOf(bytes, length);
        for (int at = found.nextSetBit(0); at >= 0 && at < length; at = found.nextSetBit(at + 1)) {
            out[at] = '*';
        }
        return out;
    }
}
