package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;

/// By which a key on P-256 is known (SP 800-186, section 3.2.1.3). It needs no library, because
/// what starts a program reads a key and should load little.
final class P256Curve {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger GENERATOR_X =
            new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16);

    private P256Curve() {}

    /// @throws WireException if the key is on another curve, or out of its range
    static void requireKey(ECPrivateKey key) {
        ECParameterSpec parameters = key.getParams();
        BigInteger secret = key.getS();
        boolean ours =
                parameters.getOrder().equals(ORDER)
                        && parameters.getGenerator().getAffineX().equals(GENERATOR_X);
        if (!ours || secret.signum() <= 0 || secret.compareTo(ORDER) >= 0) {
            throw new WireException("private key is not on P-256; permitted: EC on P-256");
        }
    }
}
