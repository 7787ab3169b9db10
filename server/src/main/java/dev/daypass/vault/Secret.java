package dev.daypass.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Bytes that must not be seen. They never print, and comparing them takes as long for a near miss
/// as for a far one. Only [#reveal()] and [#revealBytes()] give them out; call those where the
/// secret is used, and nowhere else.
public final class Secret {
    /// The longest secret, in bytes.
    public static final int BYTES_MAX = 64 * 1024;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws IllegalArgumentException if `text` is longer than [#BYTES_MAX] in UTF-8, or is not
    ///   well-formed
    public static Secret of(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return ofOwned(bytes);
        } catch (CharacterCodingException _) {
            // no cause: it would say where in the secret
            throw new IllegalArgumentException("secret is not well-formed text");
        }
    }

    /// @param bytes copied
    /// @throws IllegalArgumentException if there are more than [#BYTES_MAX]
    public static Secret of(byte[] bytes) {
        return ofOwned(bytes.clone());
    }

    private static Secret ofOwned(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "secret of %d bytes is too long; permitted: %d"
                            .formatted(bytes.length, BYTES_MAX));
        }
        return new Secret(bytes);
    }

    /// The secret as text.
    ///
    /// @throws IllegalStateException if it is not UTF-8
    public String reveal() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new IllegalStateException("secret is not text; reveal its bytes instead");
        }
    }

    /// A copy of the secret's bytes.
    public byte[] revealBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /// The same for all secrets: a hash would tell something of the content.
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
