package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.util.Base64;

/// Base64 with padding (RFC 4648, section 4), as signed notes and proofs use it.
final class PlainBase64 {
    private PlainBase64() {}

    /// @throws WireException if `text` is not the one spelling of some bytes
    static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw new WireException("not base64 with padding");
    }
}
