package dev.daypass.store;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals what is personal of a fact: AES-256-GCM (NIST SP 800-38D) under the key of its account. A
/// version byte, the 12-byte nonce, the ciphertext and the 16-byte tag.
public final class FactSeal {
    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    private static final byte VERSION = 1;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;

    private FactSeal() {}

    /// @param nonce random; never the same twice under one key
    /// @param label what it is bound to: it opens for no other fact
    public static byte[] seal(byte[] key, byte[] nonce, byte[] label, byte[] plain) {
        return new Sealing().seal(key, nonce, label, plain);
    }

    /// Seals one after the other: finding a cipher takes as long as using it. For one thread.
    static final class Sealing {
        private final Cipher cipher;

        Sealing() {
            try {
                this.cipher = cipher();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("aes-256-gcm is not available", e);
            }
        }

        /// As [FactSeal#seal].
        byte[] seal(byte[] key, byte[] nonce, byte[] label, byte[] plain) {
            try {
                start(cipher, Cipher.ENCRYPT_MODE, key, nonce);
                cipher.updateAAD(label);
                byte[] out = new byte[HEAD_BYTES + plain.length + TAG_BITS / Byte.SIZE];
                out[0] = VERSION;
                System.arraycopy(nonce, 0, out, 1, NONCE_BYTES);
                cipher.doFinal(plain, 0, plain.length, out, HEAD_BYTES);
                return out;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("aes-256-gcm is not available", e);
            }
        }
    }

    /// @return `null` if it does not open: another key, another label, or changed
    public static byte @Nullable [] open(byte[] key, byte[] label, byte[] sealed) {
        if (sealed.length < HEAD_BYTES || sealed[0] != VERSION) {
            return null;
        }
        byte[] nonce = java.util.Arrays.copyOfRange(sealed, 1, HEAD_BYTES);
        try {
            Cipher cipher = cipher();
            start(cipher, Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(label);
            return cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException _) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("aes-256-gcm is not available", e);
        }
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    private static void start(Cipher cipher, int mode, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    }
}
