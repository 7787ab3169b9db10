package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;

/// Keys on the curve P-256, the only one this deployment issues for (FIPS 186-5; RFC 7518, section
/// 3.4).
final class P256 {
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    private static final X9ECParameters CURVE =
            ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
    private static final int UNCOMPRESSED_BYTES = 65;

    private P256() {}

    static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no provider generates keys on P-256", e);
        }
    }

    /// @throws WireException if the key is of another kind, on another curve, or not a point of it
    static PublicKey publicKey(SubjectPublicKeyInfo info) {
        if (!ALGORITHM.equals(info.getAlgorithm())) {
            throw new WireException(
                    "public key of kind `%s` is not permitted; permitted: EC on P-256"
                            .formatted(kind(info.getAlgorithm())));
        }
        byte[] point = info.getPublicKeyData().getOctets();
        if (point.length != UNCOMPRESSED_BYTES || !onCurve(point)) {
            throw new WireException(
                    "public key is not an uncompressed point on P-256; permitted: 65 bytes, on the curve");
        }
        return decode(point);
    }

    /// The public half of a private key, which key files need not hold.
    ///
    /// @throws WireException if the private key is not on P-256
    static PublicKey publicKey(ECPrivateKey key) {
        P256Curve.requireKey(key);
        return decode(CURVE.getG().multiply(key.getS()).getEncoded(false));
    }

    private static PublicKey decode(byte[] point) {
        try {
            byte[] der = new SubjectPublicKeyInfo(ALGORITHM, point).getEncoded();
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new WireException("public key cannot be read; permitted: EC on P-256");
        }
    }

    private static boolean onCurve(byte[] point) {
        try {
            ECPoint decoded = CURVE.getCurve().decodePoint(point);
            return !decoded.isInfinity() && decoded.isValid();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String kind(AlgorithmIdentifier algorithm) {
        Object parameters = algorithm.getParameters();
        boolean ec = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
        return ec ? "EC " + parameters : algorithm.getAlgorithm().getId();
    }
}
