package dev.daypass.authority;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate like those that the authority issues to agents, with one thing or another wrong.
///
/// @param from its first second
/// @param authority whether it says that it is an authority
/// @param usage bits of its key usage
/// @param purpose its extended key usage; `anyExtendedKeyUsage` stands for having none
/// @param names its alternative names
record Forged(
        Instant from, boolean authority, int usage, KeyPurposeId purpose, GeneralNames names) {
    static final Duration LIFE = Duration.ofHours(1);

    static Forged like(String spiffeId, Instant now) {
        return new Forged(
                now,
                false,
                KeyUsage.digitalSignature,
                KeyPurposeId.id_kp_clientAuth,
                uris(spiffeId));
    }

    Forged withAuthority() {
        return new Forged(from, true, usage, purpose, names);
    }

    Forged withUsage(int other) {
        return new Forged(from, authority, other, purpose, names);
    }

    Forged withPurpose(KeyPurposeId other) {
        return new Forged(from, authority, usage, other, names);
    }

    Forged withNames(GeneralNames other) {
        return new Forged(from, authority, usage, purpose, other);
    }

    static GeneralNames uris(String... uris) {
        return new GeneralNames(
                Arrays.stream(uris)
                        .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                        .toArray(GeneralName[]::new));
    }

    X509Certificate signedBy(KeyPair signer, X509Certificate issuer) throws Exception {
        return signedBy(signer, issuer, CertificateProfile.SIGNATURE);
    }

    X509Certificate signedBy(KeyPair signer, X509Certificate issuer, String algorithm)
            throws Exception {
        var builder =
                new JcaX509v3CertificateBuilder(
                        X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                        java.math.BigInteger.TEN,
                        Date.from(from),
                        Date.from(from.plus(LIFE)),
                        new X500Name("CN=forged"),
                        P256.generate().getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        if (!purpose.equals(KeyPurposeId.anyExtendedKeyUsage)) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        if (names.getNames().length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        var signing = new JcaContentSignerBuilder(algorithm).build(signer.getPrivate());
        return Pem.certificate(builder.build(signing).getEncoded());
    }

    static KeyPair p384() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return generator.generateKeyPair();
    }
}
