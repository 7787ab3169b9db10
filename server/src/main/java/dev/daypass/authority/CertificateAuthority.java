package dev.daypass.authority;

import dev.daypass.identity.InvalidName;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.SpiffeId;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The deployment's own certificate authority: ES256, one level deep. It names agents and this
/// server's listeners, and nobody outside the deployment trusts it.
public final class CertificateAuthority {
    /// The longest life of an agent's certificate.
    public static final Duration AGENT_LIFE_MAX = Duration.ofDays(90);

    /// The longest life of a listener's certificate.
    public static final Duration SERVER_LIFE_MAX = Duration.ofDays(398);

    private static final Duration LIFE = Duration.ofDays(3_653);
    private static final String KEY_FILE = "ca.key.pem";
    private static final String CERTIFICATE_FILE = "ca.pem";

    private final CertificateProfile.Issuer issuer;
    private final TrustAnchor anchor;

    private CertificateAuthority(KeyPair key, TrustAnchor anchor) {
        this.issuer = new CertificateProfile.Issuer(key, anchor.certificate());
        this.anchor = anchor;
    }

    /// Makes a key and a self-signed certificate of ten years in `dir`. If an earlier attempt was
    /// cut off after its key was written, that key is used.
    ///
    /// @throws FileAlreadyExistsException if there is an authority in `dir`; it is left as it is
    /// @throws InvalidName if `trustDomain` is not one
    /// @throws IOException if the files cannot be written
    public static CertificateAuthority create(Path dir, String trustDomain, Instant now)
            throws IOException {
        TrustAnchor.requireTrustDomain(trustDomain);
        Path certificateFile = dir.resolve(CERTIFICATE_FILE);
        if (Files.exists(certificateFile)) {
            throw new FileAlreadyExistsException(certificateFile.toString());
        }
        KeyPair key = keyIn(dir.resolve(KEY_FILE));
        var certificate =
                CertificateProfile.authority(key, trustDomain, Validity.starting(now, LIFE));
        TrustAnchor anchor = TrustAnchor.of(certificate);
        KeyFiles.create(certificateFile, anchor.pem().getBytes(StandardCharsets.US_ASCII));
        return new CertificateAuthority(key, anchor);
    }

    /// @throws KeyFileException if the files are not fit to be used; the message says what to do
    /// @throws IOException if they are missing or cannot be read
    public static CertificateAuthority load(Path dir) throws IOException {
        Path certificateFile = dir.resolve(CERTIFICATE_FILE);
        KeyPair key = KeyPairFile.read(dir.resolve(KEY_FILE));
        TrustAnchor anchor = anchorIn(certificateFile);
        if (!anchor.certificate().getPublicKey().equals(key.getPublic())) {
            throw new KeyFileException(
                    "certificate `%s` is not for the key `%s`; restore both from one backup"
                            .formatted(certificateFile, KEY_FILE));
        }
        return new CertificateAuthority(key, anchor);
    }

    /// The authority's certificate, which says who is an agent without being able to make one.
    public TrustAnchor anchor() {
        return anchor;
    }

    /// @see TrustAnchor#trustDomain()
    public String trustDomain() {
        return anchor.trustDomain();
    }

    /// @see TrustAnchor#fingerprint()
    public KeyThumbprint.Certificate fingerprint() {
        return anchor.fingerprint();
    }

    /// @see TrustAnchor#agentOf(X509Certificate, Instant)
    public PeerIdentity agentOf(X509Certificate peer, Instant now) {
        return anchor.agentOf(peer, now);
    }

    /// Issues a certificate for the key in a request, under the name given here: of the names and
    /// extensions that the request asks for, none is looked at. Only keys on P-256 are permitted:
    /// every TLS stack offers ECDSA on it, not every one Ed25519.
    ///
    /// @param request PKCS #10, PEM or DER, at most [Pem#BYTES_MAX]
    /// @param life at most [#AGENT_LIFE_MAX]; cut short where the authority ends sooner
    /// @throws IllegalArgumentException if `id` is of another trust domain, or `life` out of bounds
    public AgentCertificate issueAgent(byte[] request, SpiffeId id, Instant now, Duration life) {
        if (!id.trustDomain().equals(trustDomain())) {
            throw new IllegalArgumentException(
                    "`%s` is not of trust domain `%s`".formatted(id, trustDomain()));
        }
        Validity validity = validity(now, life, AGENT_LIFE_MAX);
        try {
            PublicKey key = CertificateRequest.provenKey(request);
            var certificate = CertificateProfile.agent(issuer, key, id.uri(), validity);
            return new AgentCertificate.Issued(chain(certificate), validity.until());
        } catch (WireException e) {
            return new AgentCertificate.Refused(String.valueOf(e.getMessage()));
        }
    }

    /// Issues a new key and a certificate for a TLS listener.
    ///
    /// @param names 1 to 64 host names or addresses
    /// @param life at most [#SERVER_LIFE_MAX]; cut short where the authority ends sooner
    /// @throws IllegalArgumentException if a name is not one, or `life` out of bounds
    public ServerCredential issueServer(List<String> names, Instant now, Duration life) {
        Validity validity = validity(now, life, SERVER_LIFE_MAX);
        KeyPair key = P256.generate();
        var certificate =
                CertificateProfile.server(issuer, key.getPublic(), ServerNames.of(names), validity);
        return new ServerCredential(key.getPrivate(), chain(certificate));
    }

    /// Issues a certificate for the key of an edge in another process, under its name.
    ///
    /// @param request PKCS #10, PEM or DER, at most [Pem#BYTES_MAX]
    /// @param edge its name
    /// @param after `x5t#S256` of the certificate that it is to replace, or `null` for none
    /// @param validFrom its first moment; it lives for [#AGENT_LIFE_MAX], and no longer than the
    ///   authority
    public AgentCertificate issueEdge(
            byte[] request, String edge, @Nullable String after, Instant validFrom) {
        Validity validity = validity(validFrom, AGENT_LIFE_MAX, AGENT_LIFE_MAX);
        String digest = after == null ? null : HexFormat.of().formatHex(Base64Url.decode(after));
        return issue(
                request,
                validity,
                key ->
                        CertificateProfile.edge(
                                issuer,
                                key,
                                TrustAnchor.edgeUri(trustDomain(), edge),
                                validity,
                                digest));
    }

    /// Issues a certificate for the TLS listener of an edge in another process, which keeps its
    /// key.
    ///
    /// @param request PKCS #10, PEM or DER, at most [Pem#BYTES_MAX]
    /// @param names 1 to 64 host names or addresses
    /// @param life at most [#SERVER_LIFE_MAX]; cut short where the authority ends sooner
    /// @throws IllegalArgumentException if a name is not one, or `life` out of bounds
    public AgentCertificate issueListener(
            byte[] request, List<String> names, Instant now, Duration life) {
        Validity validity = validity(now, life, SERVER_LIFE_MAX);
        return issue(
                request,
                validity,
                key -> CertificateProfile.server(issuer, key, ServerNames.of(names), validity));
    }

    private AgentCertificate issue(
            byte[] request, Validity validity, Function<PublicKey, X509Certificate> made) {
        try {
            X509Certificate certificate = made.apply(CertificateRequest.provenKey(request));
            return new AgentCertificate.Issued(chain(certificate), validity.until());
        } catch (WireException e) {
            return new AgentCertificate.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Validity validity(Instant now, Duration life, Duration longest) {
        if (!life.isPositive() || life.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "certificate life of %s; permitted: up to %s".formatted(life, longest));
        }
        Instant end = anchor.certificate().getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new IllegalStateException("certificate of the authority ended at " + end);
        }
        return Validity.starting(now, life).endingBy(end);
    }

    private String chain(X509Certificate leaf) {
        return Pem.ofCertificates(List.of(leaf, anchor.certificate()));
    }

    private static KeyPair keyIn(Path file) throws IOException {
        if (Files.exists(file)) {
            return KeyPairFile.read(file);
        }
        KeyPair made = P256.generate();
        KeyPairFile.create(file, made);
        return made;
    }

    private static TrustAnchor anchorIn(Path file) throws IOException {
        byte[] pem = KeyFiles.read(file);
        try {
            return TrustAnchor.parse(new String(pem, StandardCharsets.US_ASCII));
        } catch (WireException e) {
            throw new KeyFileException("`%s`: %s".formatted(file, e.getMessage()));
        }
    }
}
