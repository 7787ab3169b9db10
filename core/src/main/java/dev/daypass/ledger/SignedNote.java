package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A text with signatures (C2SP `signed-note`).
///
/// @param text ends in a newline; what is signed
/// @param signatures at least one
public record SignedNote(String text, List<Line> signatures) {
    public static final int BYTES_MAX = 1_000_000;
    private static final int SIGNATURES_MAX = 100;
    private static final int ID_BYTES = 4;
    private static final int TIME_BYTES = 8;
    private static final int SIGNATURE_BYTES = 64;
    private static final String DASH = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /// One signature as it is written.
    ///
    /// @param name of who signed
    /// @param base64 key id, and what the kind of key puts behind it
    public record Line(String name, String base64) {
        @Override
        public String toString() {
            return DASH + name + " " + base64 + "\n";
        }
    }

    /// @throws WireException if it is no note
    public static SignedNote parse(byte[] utf8) {
        if (utf8.length > BYTES_MAX) {
            throw new WireException("a note has at most %d bytes".formatted(BYTES_MAX));
        }
        String whole = text(utf8);
        int end = whole.lastIndexOf("\n\n");
        if (end < 0 || !whole.endsWith("\n") || end + 2 == whole.length()) {
            throw new WireException("a note is a text, an empty line, and signatures");
        }
        var lines = new ArrayList<Line>();
        for (String line : whole.substring(end + 2, whole.length() - 1).split("\n", -1)) {
            lines.add(line(line));
        }
        if (lines.size() > SIGNATURES_MAX) {
            throw new WireException("a note has at most %d signatures".formatted(SIGNATURES_MAX));
        }
        return new SignedNote(whole.substring(0, end + 1), lines);
    }

    private static String text(byte[] utf8) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
                throw new WireException("a note has no control characters but newlines");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw new WireException("a note is utf-8");
        }
    }

    /// @throws WireException if it is no signature of a note
    public static Line line(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !(parts[0] + " ").equals(DASH)) {
            throw new WireException("a signature of a note is a dash, a name, and base64");
        }
        NoteKey.requireName(parts[1]);
        if (PlainBase64.decode(parts[2]).length <= ID_BYTES) {
            throw new WireException("a signature of a note begins with the key's id");
        }
        return new Line(parts[1], parts[2]);
    }

    /// When each signature of this key was made: the epoch for a log's, which has no time. Empty
    /// where the key signed nothing. Signatures of other keys are ignored.
    ///
    /// @throws WireException if there is one in the key's name and id that does not verify
    public List<Instant> signedBy(NoteKey key) {
        var out = new ArrayList<Instant>();
        for (Line line : signatures) {
            byte[] bytes = PlainBase64.decode(line.base64());
            if (line.name().equals(key.name()) && ByteBuffer.wrap(bytes).getInt() == key.id()) {
                out.add(verified(key, Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
            }
        }
        return out;
    }

    private Instant verified(NoteKey key, byte[] signature) {
        int head = key.kind() == NoteKey.Kind.COSIGNER ? TIME_BYTES : 0;
        if (signature.length == head + SIGNATURE_BYTES) {
            Instant time =
                    head == 0
                            ? Instant.EPOCH
                            : Instant.ofEpochSecond(
                                    ByteBuffer.wrap(signature).getLong() & 0x3f_ffff_ffffL);
            byte[] alone = Arrays.copyOfRange(signature, head, signature.length);
            if (key.signed(head == 0 ? message() : cosigned(time), alone)
                    && Arrays.equals(alone(key, time, alone), signature)) {
                return time;
            }
        }
        throw new WireException("the signature of `%s` does not verify".formatted(key.name()));
    }

    private static byte[] alone(NoteKey key, Instant time, byte[] signature) {
        return key.kind() == NoteKey.Kind.COSIGNER
                ? joined(longBytes(time.getEpochSecond()), signature)
                : signature;
    }

    /// What a log signs.
    public byte[] message() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What a witness signs (C2SP `tlog-cosignature`, `cosignature/v1`).
    public byte[] cosigned(Instant time) {
        return ("cosignature/v1\ntime %d\n".formatted(time.getEpochSecond()) + text)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A log's signature as a line.
    public static Line line(NoteKey key, byte[] signature) {
        return new Line(
                key.name(),
                Base64.getEncoder()
                        .encodeToString(
                                joined(
                                        ByteBuffer.allocate(ID_BYTES).putInt(key.id()).array(),
                                        signature)));
    }

    /// A witness's signature as a line.
    public static Line line(NoteKey key, Instant time, byte[] signature) {
        return line(key, joined(longBytes(time.getEpochSecond()), signature));
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(TIME_BYTES).putLong(value).array();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var out = new ByteArrayOutputStream(one.length + other.length);
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }

    /// The same with more signatures behind its own.
    public SignedNote with(List<Line> more) {
        var all = new ArrayList<>(signatures);
        more.stream().filter(line -> !all.contains(line)).forEach(all::add);
        return new SignedNote(text, all);
    }

    @Override
    public String toString() {
        var out = new StringBuilder(text).append('\n');
        signatures.forEach(out::append);
        return out.toString();
    }
}
