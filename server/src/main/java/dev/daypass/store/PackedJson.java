package dev.daypass.store;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The body of a fact as its row keeps it: one byte for a usual name or word, few for a number or a
/// time. What the tree commits to is the canonical text, which is the same before and after.
public final class PackedJson {
    /// What is packed begins with this; text, with a brace.
    private static final byte VERSION = 1;

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int WHOLE = 3;
    private static final int DECIMAL = 4;
    private static final int TEXT = 5;
    private static final int ARRAY = 6;
    private static final int OBJECT = 7;
    private static final int TIME = 8;

    /// A text that says in the same byte how long it is, up to [#SHORT_MAX].
    private static final int SHORT = 0x10;

    private static final int SHORT_MAX = 0x7F - SHORT;

    /// From here on, a byte is one of the words.
    private static final int WORD = 0x80;

    private static final int WORDS_MAX = 128;
    private static final int LEVELS_MAX = 200;
    private static final int DIGITS_MAX = 1_000;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 0x80;

    /// Never changed but at the end: what was packed with them is unpacked with them.
    private static final List<String> WORDS =
            List.of(
                    """
                    account accounts agent by calls ceiling change deadline detail edge ended endpoint hash issuer jti \
                    micros operation parent passed reason renewed rules service status step stream text thumbprint tool \
                    traits unrecorded until upstream why approved_by number fact waited_out edges operations completed \
                    revoked expired spent denied undecided parent_ended daypass operator default added removed enrolled \
                    asked retention authenticate verify fresh permitted decide charge inject forward scrub confine \
                    understand admit shredded messages_to_agent messages_to_service event up_to name\
                    """
                            .split(" "));

    private static final Map<String, Integer> CODES = codes();

    private PackedJson() {}

    private static Map<String, Integer> codes() {
        var out = new HashMap<String, Integer>();
        for (String word : WORDS) {
            out.put(word, WORD + out.size());
        }
        if (out.size() != WORDS.size() || out.size() > WORDS_MAX) {
            throw new IllegalStateException("a word stands twice, or there are too many");
        }
        return Map.copyOf(out);
    }

    /// The bytes of a value that has a canonical form.
    public static byte[] pack(Json.Obj body) {
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        write(body, out);
        return out.toByteArray();
    }

    private static void write(Json value, ByteArrayOutputStream out) {
        switch (value) {
            case Json.Null() -> out.write(NULL);
            case Json.Bool(var truth) -> out.write(truth ? TRUE : FALSE);
            case Json.Num(var number) -> number(number, out);
            case Json.Str(var text) -> text(text, out);
            case Json.Arr(var items) -> {
                out.write(ARRAY);
                varint(items.size(), out);
                items.forEach(item -> write(item, out));
            }
            case Json.Obj(var members) -> {
                out.write(OBJECT);
                varint(members.size(), out);
                members.forEach((name, member) -> {
                    text(name, out);
                    write(member, out);
                });
            }
        }
    }

    private static void number(BigDecimal number, ByteArrayOutputStream out) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() < 19) {
            long whole = plain.longValueExact();
            out.write(WHOLE);
            varint((whole << 1) ^ (whole >> 63), out);
        } else {
            out.write(DECIMAL);
            bytes(plain.toString(), out);
        }
    }

    private static void text(String text, ByteArrayOutputStream out) {
        Integer word = CODES.get(text);
        if (word != null) {
            out.write(word);
            return;
        }
        Instant time = time(text);
        if (time != null) {
            out.write(TIME);
            varint(time.getEpochSecond(), out);
            varint(time.getNano(), out);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= SHORT_MAX) {
            out.write(SHORT + utf8.length);
            out.writeBytes(utf8);
        } else {
            out.write(TEXT);
            bytes(text, out);
        }
    }

    /// The moment that a text says, if that says it in the same letters.
    private static @org.jspecify.annotations.Nullable Instant time(String text) {
        if (!text.endsWith("Z") || text.length() < 20 || text.charAt(10) != 'T') {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            return time.getEpochSecond() >= 0 && time.toString().equals(text) ? time : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static void bytes(String text, ByteArrayOutputStream out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length, out);
        out.writeBytes(utf8);
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long left = value;
        while ((left & -VARINT_MORE) != 0) {
            out.write((int) ((left & (VARINT_MORE - 1)) | VARINT_MORE));
            left >>>= VARINT_BITS;
        }
        out.write((int) left);
    }

    /// @throws WireException if nobody could have packed it so
    public static Json.Obj unpack(byte[] packed) {
        if (packed.length == 0 || packed[0] != VERSION) {
            throw malformed();
        }
        ByteBuffer in = ByteBuffer.wrap(packed, 1, packed.length - 1);
        Json value = value(in, 0);
        if (in.hasRemaining() || !(value instanceof Json.Obj body)) {
            throw malformed();
        }
        return body;
    }

    private static Json value(ByteBuffer in, int level) {
        if (level > LEVELS_MAX) {
            throw malformed();
        }
        int tag = tag(in);
        return switch (tag) {
            case NULL -> new Json.Null();
            case FALSE -> Json.of(false);
            case TRUE -> Json.of(true);
            case WHOLE -> {
                long zigzag = varint(in);
                yield Json.of((zigzag >>> 1) ^ -(zigzag & 1));
            }
            case DECIMAL -> decimal(string(in, length(in)));
            case ARRAY -> {
                int count = length(in);
                var items = new ArrayList<Json>();
                for (int i = 0; i < count; i++) {
                    items.add(value(in, level + 1));
                }
                yield Json.array(items);
            }
            case OBJECT -> object(in, level);
            default -> Json.of(text(in, tag));
        };
    }

    private static Json.Obj object(ByteBuffer in, int level) {
        int count = length(in);
        var members = new LinkedHashMap<String, Json>();
        for (int i = 0; i < count; i++) {
            if (members.put(text(in, tag(in)), value(in, level + 1)) != null) {
                throw malformed();
            }
        }
        return new Json.Obj(members);
    }

    private static Json.Num decimal(String digits) {
        try {
            if (digits.length() > DIGITS_MAX) {
                throw malformed();
            }
            return new Json.Num(new BigDecimal(digits));
        } catch (NumberFormatException _) {
            throw malformed();
        }
    }

    private static String text(ByteBuffer in, int tag) {
        if (tag >= WORD) {
            if (tag - WORD >= WORDS.size()) {
                throw malformed();
            }
            return WORDS.get(tag - WORD);
        }
        if (tag >= SHORT) {
            return string(in, tag - SHORT);
        }
        return switch (tag) {
            case TEXT -> string(in, length(in));
            case TIME -> time(in);
            default -> throw malformed();
        };
    }

    private static String time(ByteBuffer in) {
        try {
            return Instant.ofEpochSecond(varint(in), varint(in)).toString();
        } catch (DateTimeException | ArithmeticException _) {
            throw malformed();
        }
    }

    private static String string(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw malformed();
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static int tag(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw malformed();
        }
        return in.get() & 0xFF;
    }

    /// How many follow: at most one a byte.
    private static int length(ByteBuffer in) {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw malformed();
        }
        return (int) length;
    }

    private static long varint(ByteBuffer in) {
        long out = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int next = tag(in);
            out |= (long) (next & (VARINT_MORE - 1)) << shift;
            if (next < VARINT_MORE) {
                return out;
            }
        }
        throw malformed();
    }

    private static WireException malformed() {
        return new WireException("a fact's body is not as it was packed");
    }
}
