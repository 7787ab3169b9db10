package dev.daypass.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// Seals to a public key on P-256: a key made for this one message is agreed upon with it (ECDH),
/// and encrypts with AES-256-GCM under what HKDF-SHA256 makes of both (RFC 5869).
final class EdgeSeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int PUBLIC_BYTES = 91; // an uncompressed point on P-256, X.509 encoded
    private static final SecureRandom RANDOM = new SecureRandom();

    private EdgeSeal() {}

    /// @param label that it opens under, and no other
    static byte[] seal(PublicKey to, byte[] plain, byte[] label) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair once = generator.generateKeyPair();
            byte[] head = once.getPublic().getEncoded();
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            Cipher cipher =
                    cipher(Cipher.ENCRYPT_MODE, agreed(once.getPrivate(), to, head), nonce, label);
            byte[] body = cipher.doFinal(plain);
            return ByteBuffer.allocate(head.length + nonce.length + body.length)
                    .put(head)
                    .put(nonce)
                    .put(body)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed to an edge", e);
        }
    }

    /// @return `null` where it was sealed to another key or under another label, or was changed
    static byte @Nullable [] open(PrivateKey key, byte[] sealed, byte[] label) {
        if (sealed.length < PUBLIC_BYTES + NONCE_BYTES) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(sealed);
            byte[] head = new byte[PUBLIC_BYTES];
            byte[] nonce = new byte[NONCE_BYTES];
            in.get(head).get(nonce);
            byte[] body = new byte[in.remaining()];
            in.get(body);
            PublicKey once =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(head));
            return cipher(Cipher.DECRYPT_MODE, agreed(key, once, head), nonce, label).doFinal(body);
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static SecretKey agreed(PrivateKey mine, PublicKey other, byte[] head)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(mine);
        agreement.doPhase(other, true);
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(agreement.generateSecret())
                                .thenExpand(head, KEY_BYTES));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] label)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(label);
        return cipher;
    }
}
