package dev.daypass.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;

/// The forms in which a service may send a secret back: as it is; base64-encoded, alone or inside
/// something longer; in hexadecimal; and each of these with any of its characters escaped as URLs,
/// JSON and HTML escape them. Where a secret is a word and a key, such as `Token 1234`, the key
/// alone counts, too. Worked out once for each secret, not for each call.
final class Needles {
    static final Needles NONE = new Needles(List.of());

    /// Shorter secrets would be found everywhere by chance.
    static final int SECRET_CHARS_MIN = 6;

    /// The least of a base64 text that is looked for: 48 bits are not met by chance.
    private static final int BASE64_CHARS_MIN = 8;

    private static final int BITS_BYTE = 8;
    private static final int BITS_CHAR = 6;
    private static final int BASE64_GROUP = 3;

    private final List<Pattern> patterns;
    private final long[] starts = new long[1 << 10];
    private final boolean[] firsts = new boolean[256];

    private Needles(List<Pattern> patterns) {
        this.patterns = patterns;
        patterns.forEach(pattern -> pattern.starts(this::start));
    }

    private void start(int first, int second) {
        firsts[first] = true;
        int pair = (first << BITS_BYTE) | second;
        starts[pair >> BITS_CHAR] |= 1L << pair;
    }

    static Needles of(List<String> secrets) {
        var texts = new LinkedHashSet<String>();
        var bare = new LinkedHashSet<String>();
        for (String secret : secrets) {
            bare.add(secret);
            bare.add(secret.substring(secret.lastIndexOf(' ') + 1));
        }
        bare.removeIf(secret -> secret.length() < SECRET_CHARS_MIN);
        var patterns = new ArrayList<Pattern>();
        for (String secret : bare) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
            addBase64(bytes, texts);
            patterns.add(Pattern.hex(bytes));
        }
        texts.forEach(text -> patterns.add(Pattern.text(text)));
        return patterns.isEmpty() ? NONE : new Needles(List.copyOf(patterns));
    }

    /// These and others together.
    Needles and(Needles others) {
        if (others.idle()) {
            return this;
        }
        if (idle()) {
            return others;
        }
        var all = new ArrayList<>(patterns);
        all.addAll(others.patterns);
        return new Needles(List.copyOf(all));
    }

    private static void addBase64(byte[] secret, LinkedHashSet<String> forms) {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.withoutPadding().encodeToString(secret));
            for (int before = 0; before < BASE64_GROUP; before++) {
                String form = within(secret, before, encoder);
                if (form.length() >= BASE64_CHARS_MIN) {
                    forms.add(form);
                }
            }
        }
    }

    /// The characters that depend on the secret alone when it stands in something longer, so many
    /// bytes after the start of a group.
    private static String within(byte[] secret, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        int from = (before * BITS_BYTE + BITS_CHAR - 1) / BITS_CHAR;
        int to = shifted.length * BITS_BYTE / BITS_CHAR;
        return encoder.withoutPadding().encodeToString(shifted).substring(from, to);
    }

    /// Whether there is nothing to look for.
    boolean idle() {
        return patterns.isEmpty();
    }

    List<Pattern> patterns() {
        return patterns;
    }

    /// Where the next form may begin, from here on; quick, and more often than it need be. The
    /// length where none does.
    int next(byte[] bytes, int from) {
        int last = bytes.length - 1;
        for (int at = from; at < last; at++) {
            int pair = ((bytes[at] & 0xff) << BITS_BYTE) | (bytes[at + 1] & 0xff);
            if ((starts[pair >> BITS_CHAR] & (1L << pair)) != 0) {
                return at;
            }
        }
        return from <= last && firsts[bytes[last] & 0xff] ? last : bytes.length;
    }

    @Override
    public String toString() {
        return "Needles[redacted]";
    }
}
