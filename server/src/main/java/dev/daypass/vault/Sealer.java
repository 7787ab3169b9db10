package dev.daypass.vault;

import dev.daypass.authority.KeyFileException;
import dev.daypass.authority.KeyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets for storage: AES-256-GCM (NIST SP 800-38D) under one 32-byte key, with a fresh
/// random nonce each. A sealed secret is a version byte, the 12-byte nonce, the ciphertext and the
/// 16-byte tag. One key is good for 2³² seals.
public final class Sealer {
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    private static final int SEALED_BYTES_MAX = HEAD_BYTES + Secret.BYTES_MAX + TAG_BYTES;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private Sealer(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = new SecureRandom();
    }

    /// What came of opening a sealed secret.
    public sealed interface Opening {
        /// @param secret as it was sealed
        record Opened(Secret secret) implements Opening {}

        /// It was made under another key or label, or was changed. Which of these cannot be told.
        ///
        /// @param why fit for a log; holds nothing of the secret
        record Refused(String why) implements Opening {}
    }

    /// Makes a new key in a file that only its owner may read.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
    /// @throws IOException if it cannot be written
    public static Sealer create(Path keyFile) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        KeyFiles.create(keyFile, key);
        return new Sealer(key);
    }

    /// @throws KeyFileException if others may read the file, or it does not hold 32 bytes
    /// @throws IOException if it cannot be read
    public static Sealer load(Path keyFile) throws IOException {
        byte[] key = KeyFiles.read(keyFile);
        if (key.length != KEY_BYTES) {
            throw new KeyFileException(
                    "key file `%s` holds %d bytes; expected %d"
                            .formatted(keyFile, key.length, KEY_BYTES));
        }
        return new Sealer(key);
    }

    /// @param label what the sealed secret is bound to; [#open] needs the same
    public byte[] seal(Secret secret, byte[] label) {
        byte[] head = new byte[HEAD_BYTES];
        random.nextBytes(head);
        head[0] = VERSION;
        try {
            byte[] body = cipher(Cipher.ENCRYPT_MODE, head, label).doFinal(secret.revealBytes());
            return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("aes-256-gcm is not available", e);
        }
    }

    /// @param label the one given to [#seal]
    public Opening open(byte[] sealed, byte[] label) {
        if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed.length > SEALED_BYTES_MAX) {
            return new Opening.Refused(
                    "sealed secret has %d bytes; permitted: %d to %d"
                            .formatted(sealed.length, HEAD_BYTES + TAG_BYTES, SEALED_BYTES_MAX));
        }
        if (sealed[0] != VERSION) {
            return new Opening.Refused(
                    "sealed secret is of version %d; known: %d".formatted(sealed[0], VERSION));
        }
        try {
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, sealed, label)
                            .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
            return new Opening.Opened(Secret.of(plain));
        } catch (GeneralSecurityException _) {
            return new Opening.Refused(
                    "sealed secret does not open: another key, another label, or changed");
        }
    }

    /// A name for a text that tells nothing of it to who does not hold the key: HMAC-SHA-256 (RFC
    /// 2104) under a key made from this one.
    public byte[] tag(byte[] text) {
        return hmac(hmac(key.getEncoded(), "tags".getBytes(StandardCharsets.UTF_8)), text);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] head, byte[] label) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, head, 1, NONCE_BYTES));
        cipher.updateAAD(head, 0, 1);
        cipher.updateAAD(label);
        return cipher;
    }
}
