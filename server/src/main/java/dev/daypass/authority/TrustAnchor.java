package dev.daypass.authority;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.SpiffeId;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/// The certificate of one deployment's authority, by which agents are known. It holds no private
/// key, so an edge on another host can have one.
public final class TrustAnchor {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"; // RFC 5758, section 3.2
    private static final String SCHEME = "spiffe://";

    private final X509Certificate certificate;
    private final String trustDomain;

    private TrustAnchor(X509Certificate certificate, String trustDomain) {
        this.certificate = certificate;
        this.trustDomain = trustDomain;
    }

    /// @throws WireException if `pem` is not one self-signed certificate of a Daypass authority
    public static TrustAnchor parse(String pem) {
        List<X509Certificate> certificates = Pem.certificates(pem);
        if (certificates.size() != 1) {
            throw new WireException(
                    "pem holds %d certificates; expected the authority's alone"
                            .formatted(certificates.size()));
        }
        return of(certificates.getFirst());
    }

    static TrustAnchor of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || usage == null || !usage[KEY_CERT_SIGN]) {
            throw new WireException("certificate is not an authority's");
        }
        if (!isSignedBy(certificate, certificate)) {
            throw new WireException("certificate of the authority is not signed by itself");
        }
        return new TrustAnchor(certificate, trustDomainOf(certificate));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return Pem.ofCertificates(List.of(certificate));
    }

    public String trustDomain() {
        return trustDomain;
    }

    /// The SHA-256 of the certificate, for a client to know it by before it has it.
    public KeyThumbprint.Certificate fingerprint() {
        return thumbprint(certificate);
    }

    /// `x5t#S256` of a certificate (RFC 8705, section 3.1).
    public static KeyThumbprint.Certificate thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Pem.der(certificate));
            return new KeyThumbprint.Certificate(Base64Url.encode(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("sha-256 is not available", e);
        }
    }

    /// Which agent a certificate stands for (X509-SVID, section 5). The handshake has shown that
    /// the peer holds its key; this asks all the rest. It verifies a signature, so keep the answer
    /// for the connection, and look at the certificate's end again on each request.
    public PeerIdentity agentOf(X509Certificate peer, Instant now) {
        try {
            requireIssuedHere(peer);
            requireInForce(certificate, "certificate of the authority", now);
            requireInForce(peer, "certificate", now);
            requireLeaf(peer);
            return new PeerIdentity.Agent(agentNamed(peer), thumbprint(peer));
        } catch (WireException | InvalidName e) {
            return new PeerIdentity.NotAnAgent(String.valueOf(e.getMessage()));
        }
    }

    /// Which edge in another process a certificate stands for, judged as an agent's.
    public PeerEdge edgeOf(X509Certificate peer, Instant now) {
        try {
            requireIssuedHere(peer);
            requireInForce(certificate, "certificate of the authority", now);
            requireInForce(peer, "certificate", now);
            requireLeaf(peer);
            return new PeerEdge.Edge(edgeNamed(peer), thumbprint(peer).value(), after(peer));
        } catch (WireException e) {
            return new PeerEdge.NotAnEdge(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String after(X509Certificate edge) {
        String digest = CertificateProfile.after(edge);
        try {
            return digest == null ? null : Base64Url.encode(HexFormat.of().parseHex(digest));
        } catch (IllegalArgumentException _) {
            throw new WireException("certificate says of no other what it replaces");
        }
    }

    /// The name that an edge's certificate has; nothing else of it is judged.
    ///
    /// @throws WireException if it is not an edge's
    public String edgeNamed(X509Certificate edge) {
        String prefix = edgeUri(trustDomain, "");
        String uri = onlyUri(edge);
        if (!uri.startsWith(prefix)) {
            throw new WireException("certificate is not an edge's");
        }
        return uri.substring(prefix.length());
    }

    /// The SPIFFE id of an edge.
    static String edgeUri(String trustDomain, String edge) {
        return SCHEME + trustDomain + "/edge/" + edge;
    }

    private void requireIssuedHere(X509Certificate peer) {
        boolean named = peer.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        if (!named || !isSignedBy(peer, certificate)) {
            throw new WireException(
                    "certificate was not issued by the authority of `%s`".formatted(trustDomain));
        }
    }

    private static void requireInForce(X509Certificate certificate, String what, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new WireException(
                    "%s is not valid before %s"
                            .formatted(what, certificate.getNotBefore().toInstant()));
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new WireException(
                    "%s ended at %s".formatted(what, certificate.getNotAfter().toInstant()));
        }
    }

    private static void requireLeaf(X509Certificate peer) {
        boolean[] usage = peer.getKeyUsage();
        if (peer.getBasicConstraints() >= 0) {
            throw new WireException("certificate is an authority's; expected an agent's");
        }
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN] || usage[CRL_SIGN]) {
            throw new WireException("certificate's key usage is not digitalSignature alone");
        }
        if (!purposes(peer).contains(KeyPurposeId.id_kp_clientAuth.getId())) {
            throw new WireException("certificate is not for clients; expected clientAuth");
        }
    }

    private SpiffeId agentNamed(X509Certificate peer) {
        SpiffeId id = SpiffeId.parse(onlyUri(peer));
        if (!id.trustDomain().equals(trustDomain)) {
            throw new WireException(
                    "certificate is of trust domain `%s`; expected `%s`"
                            .formatted(id.trustDomain(), trustDomain));
        }
        return id;
    }

    private static String trustDomainOf(X509Certificate authority) {
        String uri = onlyUri(authority);
        if (!uri.startsWith(SCHEME)) {
            throw new WireException("certificate of the authority names no trust domain");
        }
        try {
            return requireTrustDomain(uri.substring(SCHEME.length()));
        } catch (InvalidName e) {
            throw new WireException("certificate of the authority: " + e.getMessage());
        }
    }

    /// @throws InvalidName if `trustDomain` is not one (SPIFFE-ID, section 2.1)
    static String requireTrustDomain(String trustDomain) {
        return new SpiffeId(trustDomain, new AgentId("any")).trustDomain();
    }

    private static String onlyUri(X509Certificate certificate) {
        List<String> uris =
                alternativeNames(certificate).stream()
                        .filter(name -> isUri(name.getFirst()))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
        if (uris.size() != 1) {
            throw new WireException(
                    "certificate has %d uri names; expected 1".formatted(uris.size()));
        }
        return uris.getFirst();
    }

    private static boolean isUri(Object kind) {
        return kind.equals(GeneralName.uniformResourceIdentifier);
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException _) {
            throw new WireException("certificate's alternative names are malformed");
        }
    }

    private static List<String> purposes(X509Certificate peer) {
        try {
            List<String> purposes = peer.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException _) {
            throw new WireException("certificate's extended key usage is malformed");
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getSigAlgOID().equals(ECDSA_WITH_SHA256)) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
