package dev.daypass.store;

import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The personal part of a fact as it is sealed: its first byte says whether the rest is as it is,
/// or is packed (RFC 1951) against what such texts are usually made of and what is known of the
/// fact anyhow.
final class PersonalText {
    private static final byte PLAIN = 0;
    private static final byte PACKED = 1;

    /// Shorter ones are not worth the time.
    private static final int PACKED_FROM = 120;

    private static final int TEXT_BYTES_MAX = 64 * 1024 * 1024;

    /// Never changed: what was sealed with it opens with it. The most usual stands last.
    private static final String DICTIONARY =
            """
            {"reason":"","source":{"from":"","quote":""}},"leaves":[],"number":1,"why":"","widening":{"unbound":true,"trust":[""],"user":{"groups":[],"issuer":"https://","sub":"","until":""}\
            "answer":{},"body.":["DELETE","PUT","PATCH"],"method":"POST","repeats":[],"traits":["read","personal","outward","money","secret","admin","write","delete"]\
            "max":,"min":,"prefix":"","glob":"","resource":"","tool":"","waiting":[{"because":"","operation":"",\
            {"account":{"cnf":{"jkt":"","x5t#S256":""},"grant":[{"because":"find the ","constraints":{"query.":[""],"path.":[""]},"method":"GET","operation":"","path":"/{id}","service":"","traits":["read"]}],"id":"acc_","opened":"20","task":"","tenant":"default"},"rsh":\
            """;

    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);

    /// @param known text that whoever unpacks has, too
    synchronized byte[] pack(byte[] plain, Supplier<String> known) {
        if (plain.length >= PACKED_FROM) {
            deflater.reset();
            deflater.setDictionary(dictionary(known.get()));
            deflater.setInput(plain);
            deflater.finish();
            byte[] out = new byte[plain.length];
            int length = deflater.deflate(out);
            if (deflater.finished()) {
                return tagged(PACKED, Arrays.copyOf(out, length));
            }
        }
        return tagged(PLAIN, plain);
    }

    /// @throws WireException if it was not packed with this
    static byte[] unpack(byte[] packed, String known) {
        if (packed.length == 0 || packed[0] == PLAIN) {
            return Arrays.copyOfRange(packed, Math.min(1, packed.length), packed.length);
        }
        var out = new ByteArrayOutputStream();
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed, 1, packed.length - 1);
            inflater.setDictionary(dictionary(known));
            byte[] some = new byte[8_192];
            while (!inflater.finished()) {
                int length = inflater.inflate(some);
                if (length == 0 || out.size() > TEXT_BYTES_MAX) {
                    throw new WireException("a sealed part cannot be unpacked");
                }
                out.write(some, 0, length);
            }
            return out.toByteArray();
        } catch (DataFormatException _) {
            throw new WireException("a sealed part cannot be unpacked");
        }
    }

    private static byte[] dictionary(String known) {
        return (DICTIONARY + known).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tagged(byte tag, byte[] bytes) {
        byte[] out = new byte[bytes.length + 1];
        out[0] = tag;
        System.arraycopy(bytes, 0, out, 1, bytes.length);
        return out;
    }
}
