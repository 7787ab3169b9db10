package dev.daypass.permission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// Percent-encoding (RFC 3986, section 2.1) that reads and writes each text in one way.
final class PercentCoding {
    private static final String MARKS = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCoding() {}

    /// @param text visible ASCII
    /// @param plusIsSpace whether `+` stands for a space, as in a query
    /// @throws AmbiguousRequest if what comes out is not UTF-8, in normal form C and free of
    ///   controls
    static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hexPair(text, i + 1);
                i += 2;
            } else {
                bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return checked(bytes, length);
    }

    /// Writes UTF-8, percent-encoded but for the unreserved characters and `extra`.
    static void encode(String text, String extra, StringBuilder out) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c) || extra.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MARKS.indexOf(c) >= 0;
    }

    private static int hexPair(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new AmbiguousRequest("malformed percent-encoding");
        }
        return high << 4 | low;
    }

    private static String checked(byte[] bytes, int length) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new AmbiguousRequest("request target holds an encoded control character");
            }
            if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
                throw new AmbiguousRequest("request target is not in unicode normal form C");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw new AmbiguousRequest("request target is not utf-8");
        }
    }
}
