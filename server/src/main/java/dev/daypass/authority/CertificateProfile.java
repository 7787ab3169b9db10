package dev.daypass.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// What a certificate of this deployment says: the authority's own, an agent's and a listener's
/// (RFC 5280, section 4.2; X509-SVID, sections 2 to 4).
final class CertificateProfile {
    static final String SIGNATURE = "SHA256withECDSA";

    private static final X500Name LEAF_SUBJECT = new X500Name("O=Daypass");
    private static final int COMMON_NAME_CHARS_MAX = 64;
    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateProfile() {}

    /// A self-signed certificate that signs leaves and nothing below them.
    static X509Certificate authority(KeyPair key, String trustDomain, Validity validity) {
        X500Name name = authorityName(trustDomain);
        var builder = builder(name, name, key.getPublic(), validity);
        return build(
                builder,
                key,
                key.getPublic(),
                leaf -> {
                    leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                    leaf.addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
                    leaf.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            uri("spiffe://" + trustDomain));
                });
    }

    /// An agent's certificate: it signs a handshake as a client, under one name.
    static X509Certificate agent(Issuer issuer, PublicKey key, String spiffeId, Validity validity) {
        return leaf(
                issuer,
                key,
                new Purpose(KeyPurposeId.id_kp_clientAuth, uri(spiffeId), LEAF_SUBJECT),
                validity);
    }

    /// The same of an edge, which says after which one it comes.
    ///
    /// @param after SHA-256 of that certificate in hexadecimal, or `null` for the first
    static X509Certificate edge(
            Issuer issuer,
            PublicKey key,
            String spiffeId,
            Validity validity,
            @Nullable String after) {
        X500Name subject =
                after == null
                        ? LEAF_SUBJECT
                        : new X500NameBuilder()
                                .addRDN(BCStyle.O, "Daypass")
                                .addRDN(BCStyle.DN_QUALIFIER, after)
                                .build();
        return leaf(
                issuer,
                key,
                new Purpose(KeyPurposeId.id_kp_clientAuth, uri(spiffeId), subject),
                validity);
    }

    /// What [#edge] says after which certificate this one comes; `null` for none.
    static @Nullable String after(X509Certificate edge) {
        RDN[] found =
                X500Name.getInstance(edge.getSubjectX500Principal().getEncoded())
                        .getRDNs(BCStyle.DN_QUALIFIER);
        return found.length == 1 ? IETFUtils.valueToString(found[0].getFirst().getValue()) : null;
    }

    /// A listener's certificate, under its host names and addresses.
    static X509Certificate server(
            Issuer issuer, PublicKey key, GeneralNames names, Validity validity) {
        return leaf(
                issuer,
                key,
                new Purpose(KeyPurposeId.id_kp_serverAuth, names, LEAF_SUBJECT),
                validity);
    }

    /// Who signs.
    ///
    /// @param key the authority's
    /// @param certificate the authority's
    record Issuer(KeyPair key, X509Certificate certificate) {}

    private record Purpose(KeyPurposeId usage, GeneralNames names, X500Name subject) {}

    private static X509Certificate leaf(
            Issuer issuer, PublicKey key, Purpose purpose, Validity validity) {
        X500Name authority =
                X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
        return build(
                builder(authority, purpose.subject(), key, validity),
                issuer.key(),
                key,
                leaf -> {
                    leaf.addExtension(
                            Extension.basicConstraints, true, new BasicConstraints(false));
                    leaf.addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                    leaf.addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(purpose.usage()));
                    leaf.addExtension(Extension.subjectAlternativeName, false, purpose.names());
                });
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                key);
    }

    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    private static X509Certificate build(
            X509v3CertificateBuilder builder, KeyPair signer, PublicKey key, Extensions own) {
        try {
            own.addTo(builder);
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    identifiers.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
            var signing = new JcaContentSignerBuilder(SIGNATURE).build(signer.getPrivate());
            return Pem.certificate(builder.build(signing).getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate cannot be signed", e);
        }
    }

    // RFC 5280, section 4.1.2.2: positive, and not to be guessed.
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    }

    private static GeneralNames uri(String uri) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    private static X500Name authorityName(String trustDomain) {
        String name = "Daypass CA " + trustDomain;
        int length = Math.min(name.length(), COMMON_NAME_CHARS_MAX);
        return new X500Name("O=Daypass,CN=" + name.substring(0, length));
    }
}
