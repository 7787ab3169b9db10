package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Takes echoes of the injected secret out of what goes back to the agent: each is overwritten with
/// as many `*`, so that lengths stay right. Holds back at most the length of the secret between two
/// chunks of a body.
final class Scrubber {
    private final List<byte[]> needles;
    private final int longest;
    private byte[] held = new byte[0];
    private BitSet heldFound = new BitSet();

    Scrubber(Needles needles) {
        this.needles = needles.forms();
        this.longest = needles.longest();
    }

    boolean idle() {
        return needles.isEmpty();
    }

    String scrub(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        BitSet found = found(bytes);
        return found.isEmpty()
                ? value
                : new String(starred(bytes, found, bytes.length), StandardCharsets.ISO_8859_1);
    }

    /// The next part of a body that may go out.
    Buffer next(Buffer chunk) {
        byte[] all = Arrays.copyOf(held, held.length + chunk.length());
        chunk.getBytes(all, held.length);
        BitSet found = found(all);
        found.or(heldFound);
        int out = all.length - possibleStart(all);
        held = Arrays.copyOfRange(all, out, all.length);
        heldFound = found.get(out, all.length);
        return Buffer.buffer(starred(all, found, out));
    }

    /// What was held back at the end of a body.
    Buffer rest() {
        Buffer out = Buffer.buffer(starred(held, heldFound, held.length));
        held = new byte[0];
        heldFound = new BitSet();
        return out;
    }

    /// The bytes that lie in some secret. Secrets may overlap: all are looked for in the bytes as
    /// they came.
    private BitSet found(byte[] bytes) {
        var found = new BitSet();
        for (byte[] needle : needles) {
            for (int at = indexOf(bytes, needle, 0); at >= 0; at = indexOf(bytes, needle, at + 1)) {
                found.set(at, at + needle.length);
            }
        }
        return found;
    }

    private static byte[] starred(byte[] bytes, BitSet found, int length) {
        byte[] out = Arrays.copyOf(bytes, length);
        for (int at = found.nextSetBit(0); at >= 0 && at < length; at = found.nextSetBit(at + 1)) {
            out[at] = '*';
        }
        return out;
    }

    /// How many bytes at the end may be the beginning of a secret.
    private int possibleStart(byte[] bytes) {
        for (int length = Math.min(longest - 1, bytes.length); length > 0; length--) {
            int from = bytes.length - length;
            for (byte[] needle : needles) {
                if (length < needle.length
                        && Arrays.equals(bytes, from, bytes.length, needle, 0, length)) {
                    return length;
                }
            }
        }
        return 0;
    }

    private static int indexOf(byte[] bytes, byte[] needle, int from) {
        byte first = needle[0];
        for (int at = from; at <= bytes.length - needle.length; at++) {
            if (bytes[at] == first
                    && Arrays.equals(bytes, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        return -1;
    }
}
