package dev.daypass.authority;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/// ES256 as JWS wants it: ECDSA on P-256 with SHA-256, the signature as two 32-byte numbers (RFC
/// 7518, section 3.4).
final class Es256 {
    static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    // Found once: looking through the providers costs more than asking one of them.
    private final Provider provider;

    private Es256(Provider provider) {
        this.provider = provider;
    }

    /// With the first provider that has it, as they are ordered now.
    static Es256 ofFirstProvider() {
        try {
            return new Es256(Signature.getInstance(ALGORITHM).getProvider());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no provider signs with es256", e);
        }
    }

    static Es256 of(Provider provider) {
        return new Es256(provider);
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM, provider);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("es256 cannot sign with this key", e);
        }
    }

    boolean verifies(PublicKey key, byte[] message, byte[] signatureBytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM, provider);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signatureBytes);
        } catch (SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("es256 cannot verify with this key", e);
        }
    }
}
