package dev.daypass.wire;

import java.util.Base64;

/// Base64url without padding (RFC 4648, section 5; RFC 7515, section 2).
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /// Decodes strictly: no padding, no other alphabet, no spare bits in the last character.
    ///
    /// @throws WireException if `text` is not canonical base64url
    public static byte[] decode(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // reported below: the decoder's own words name nothing useful
        }
        throw new WireException("not base64url without padding");
    }
}
