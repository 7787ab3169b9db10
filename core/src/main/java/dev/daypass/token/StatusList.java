package dev.daypass.token;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.Deflater;

/// The statuses of many tokens, a few bits each (Token Status List, section 4). Not thread-safe.
public final class StatusList {
    public static final int VALID = 0x00;
    public static final int INVALID = 0x01;

    /// The most entries of one list.
    public static final int ENTRIES_MAX = 1 << 20;

    private static final Set<Integer> BITS = Set.of(1, 2, 4, 8);
    private static final int BUFFER_BYTES = 4_096;

    private final int bits;
    private final int entries;
    private final byte[] bytes;

    /// All entries are valid.
    ///
    /// @param bits of one entry: 1, 2, 4 or 8
    /// @param entries how many, 1 to [#ENTRIES_MAX]
    public StatusList(int bits, int entries) {
        if (!BITS.contains(bits) || entries < 1 || entries > ENTRIES_MAX) {
            throw new IllegalArgumentException(
                    "a status list of %d entries with %d bits; permitted: 1 to %d entries with 1, 2, 4 or 8 bits"
                            .formatted(entries, bits, ENTRIES_MAX));
        }
        this.bits = bits;
        this.entries = entries;
        this.bytes = new byte[(entries * bits + 7) / 8];
    }

    /// Sets an entry. The first entry of a byte has its least significant bits (section 4.1).
    public StatusList set(int index, int status) {
        if (index < 0 || index >= entries || status < 0 || status >= 1 << bits) {
            throw new IllegalArgumentException(
                    "status %d of entry %d does not fit".formatted(status, index));
        }
        int at = index * bits;
        int mask = ((1 << bits) - 1) << at % 8;
        bytes[at / 8] = (byte) ((bytes[at / 8] & ~mask) | (status << at % 8));
        return this;
    }

    public int get(int index) {
        int at = index * bits;
        return (bytes[at / 8] & 0xff) >> at % 8 & ((1 << bits) - 1);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// The claim `status_list` (section 4.2): compressed as ZLIB wants it (RFC 1950).
    public Json.Obj toJson() {
        return Json.object().put("bits", bits).put("lst", Base64Url.encode(compressed())).build();
    }

    private byte[] compressed() {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
