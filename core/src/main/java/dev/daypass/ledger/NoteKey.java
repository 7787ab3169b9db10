package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The public key of one who signs notes (C2SP `signed-note`): `name+keyid+base64`. Ed25519 only:
/// of a log, or of a witness whose signatures carry a time.
///
/// @param name who it is
/// @param kind what it signs
/// @param key the public key
public record NoteKey(String name, Kind kind, Point key) {
    private static final int NAME_CHARS_MAX = 200;
    private static final byte[] X509_HEAD =
            HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410, section 4

    /// What a key signs, and the byte that says so.
    public enum Kind {
        LOG(0x01),
        COSIGNER(0x04);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /// An Ed25519 public key (RFC 8032): 32 bytes.
    public static final class Point {
        public static final int BYTES = 32;
        private final byte[] bytes;

        /// @throws WireException if these are not 32 bytes
        public Point(byte[] bytes) {
            if (bytes.length != BYTES) {
                throw new WireException("an ed25519 key has %d bytes".formatted(BYTES));
            }
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point point && Arrays.equals(bytes, point.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    public NoteKey {
        requireName(name);
    }

    /// @throws WireException if it cannot be the name of one who signs
    static void requireName(String name) {
        if (name.isEmpty()
                || name.length() > NAME_CHARS_MAX
                || name.indexOf('+') >= 0
                || name.chars().anyMatch(c -> c <= ' ' || Character.isSpaceChar(c) || c == 127)) {
            throw new WireException("a signer's name has no spaces and no `+`");
        }
    }

    /// @throws WireException if it is no key that is known here
    public static NoteKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new WireException("a note's key is `name+keyid+base64`");
        }
        byte[] typed = PlainBase64.decode(parts[2]);
        if (typed.length != 1 + Point.BYTES) {
            throw new WireException("a note's key is of ed25519");
        }
        Kind kind =
                switch (typed[0]) {
                    case 0x01 -> Kind.LOG;
                    case 0x04 -> Kind.COSIGNER;
                    default -> throw new WireException("a note's key is of ed25519");
                };
        var key =
                new NoteKey(parts[0], kind, new Point(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!key.toString().equals(text)) {
            throw new WireException("the key id does not belong to this name and key");
        }
        return key;
    }

    /// The first four bytes of SHA-256 over name, kind and key.
    public int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest.digest(typed())).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private byte[] typed() {
        var out = new ByteArrayOutputStream();
        out.write(kind.code);
        out.writeBytes(key.bytes);
        return out.toByteArray();
    }

    /// Whether this is the key's Ed25519 signature over these bytes.
    boolean signed(byte[] message, byte[] signature) {
        try {
            var encoded = new ByteArrayOutputStream();
            encoded.writeBytes(X509_HEAD);
            encoded.writeBytes(key.bytes);
            PublicKey publicKey =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // not a point, not a signature
        }
    }

    @Override
    public String toString() {
        return "%s+%08x+%s".formatted(name, id(), Base64.getEncoder().encodeToString(typed()));
    }
}
