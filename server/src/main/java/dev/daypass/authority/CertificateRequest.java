package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A certificate request (PKCS #10, RFC 2986), of which only the public key is believed, once its
/// signature has shown that the sender holds the private half.
final class CertificateRequest {
    private static final Set<ASN1ObjectIdentifier> SIGNATURES =
            Set.of(
                    X9ObjectIdentifiers.ecdsa_with_SHA256,
                    X9ObjectIdentifiers.ecdsa_with_SHA384,
                    X9ObjectIdentifiers.ecdsa_with_SHA512);
    private static final byte[] PEM_START = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

    private CertificateRequest() {}

    /// The key of a request that its owner signed.
    ///
    /// @param request PEM or DER
    /// @throws WireException if it is too long or malformed, the key is not on P-256, or the
    ///   signature is not by that key
    static PublicKey provenKey(byte[] request) {
        PKCS10CertificationRequest parsed = parse(request);
        PublicKey key = P256.publicKey(parsed.getSubjectPublicKeyInfo());
        if (!SIGNATURES.contains(parsed.getSignatureAlgorithm().getAlgorithm())) {
            throw new WireException(
                    "certificate request is signed with `%s`; permitted: ECDSA with SHA-256, SHA-384 or SHA-512"
                            .formatted(parsed.getSignatureAlgorithm().getAlgorithm()));
        }
        if (!isSignedBy(key, parsed)) {
            throw new WireException("certificate request is not signed by the key that it is for");
        }
        return key;
    }

    /// A request for this key. It names nobody: the authority says who the key's owner is.
    static String pem(KeyPair key) {
        try {
            var signer =
                    new JcaContentSignerBuilder(CertificateProfile.SIGNATURE)
                            .build(key.getPrivate());
            var builder =
                    new JcaPKCS10CertificationRequestBuilder(new X500Name(""), key.getPublic());
            return Pem.block(Pem.REQUEST, builder.build(signer).getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate request cannot be signed", e);
        }
    }

    private static PKCS10CertificationRequest parse(byte[] request) {
        if (request.length > Pem.BYTES_MAX) {
            throw new WireException(
                    "certificate request of %d bytes is too long; permitted: %d"
                            .formatted(request.length, Pem.BYTES_MAX));
        }
        try {
            return new PKCS10CertificationRequest(der(request));
        } catch (IOException | IllegalArgumentException | IllegalStateException _) {
            throw new WireException("malformed certificate request; expected PKCS #10, PEM or DER");
        }
    }

    private static byte[] der(byte[] request) {
        int length = PEM_START.length;
        boolean pem =
                request.length >= length
                        && java.util.Arrays.equals(request, 0, length, PEM_START, 0, length);
        return pem
                ? Pem.blocks(new String(request, StandardCharsets.ISO_8859_1), Pem.REQUEST, 1)
                        .getFirst()
                : request;
    }

    private static boolean isSignedBy(PublicKey key, PKCS10CertificationRequest request) {
        try {
            return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
        } catch (OperatorCreationException | PKCSException | RuntimeException _) {
            // providers report a malformed signature in many ways; each means no
            return false;
        }
    }
}
