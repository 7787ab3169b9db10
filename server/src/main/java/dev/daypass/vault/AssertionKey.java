package dev.daypass.vault;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// The key of a client that authenticates by assertion (RFC 7523, section 2.2).
public final class AssertionKey {
    private static final int RSA_BITS_MIN = 2_048;
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;
    private final String keyId;

    private AssertionKey(JWSAlgorithm algorithm, JWSSigner signer, String keyId) {
        this.algorithm = algorithm;
        this.signer = signer;
        this.keyId = keyId;
    }

    /// @throws WireException if it is not an RSA key or one on P-256 or P-384
    public static AssertionKey read(TokenClient.ClientAuth.PrivateKeyJwt auth) {
        try (var pem = new PEMParser(new StringReader(auth.pem().reveal()))) {
            Object block = pem.readObject();
            while (block != null
                    && !(block instanceof PrivateKeyInfo || block instanceof PEMKeyPair)) {
                block = pem.readObject(); // OpenSSL writes the curve before the key
            }
            PrivateKeyInfo info =
                    block instanceof PEMKeyPair pair
                            ? pair.getPrivateKeyInfo()
                            : (PrivateKeyInfo) block;
            if (info != null) {
                return of(new JcaPEMKeyConverter().getPrivateKey(info), auth.keyId());
            }
        } catch (IOException | JOSEException | IllegalArgumentException | IllegalStateException _) {
            // reported below: a parser's words may quote the key
        }
        throw new WireException(
                "`private_key` is not one private key in PEM; expected RSA of 2048 bits or more, P-256 or P-384");
    }

    private static AssertionKey of(PrivateKey key, String keyId) throws JOSEException {
        return switch (key) {
            case RSAPrivateKey rsa when rsa.getModulus().bitLength() >= RSA_BITS_MIN ->
                    new AssertionKey(JWSAlgorithm.RS256, new RSASSASigner(key), keyId);
            case ECPrivateKey ec -> {
                var signer = new ECDSASigner(ec);
                yield new AssertionKey(
                        signer.supportedJWSAlgorithms().iterator().next(), signer, keyId);
            }
            default -> throw new JOSEException("not a kind of key that is used for assertions");
        };
    }

    /// An assertion that lives a minute.
    ///
    /// @param clientId issuer and subject
    /// @param audience who may take it
    /// @param now when it is made
    /// @param id its own, never used before
    public Secret sign(String clientId, String audience, Instant now, String id) {
        var header = new JWSHeader.Builder(algorithm);
        if (!keyId.isEmpty()) {
            header.keyID(keyId);
        }
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(clientId)
                        .subject(clientId)
                        .audience(audience)
                        .jwtID(id)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .build();
        var assertion = new SignedJWT(header.build(), claims);
        try {
            assertion.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the client's key does not sign", e);
        }
        return Secret.of(assertion.serialize());
    }

    @Override
    public String toString() {
        return "AssertionKey[redacted]";
    }
}
