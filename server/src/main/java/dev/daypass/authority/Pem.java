package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/// PEM text (RFC 7468), read strictly and written with line feeds.
public final class Pem {
    /// The longest PEM text or certificate request that is read, in bytes.
    public static final int BYTES_MAX = 16 * 1024;

    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String REQUEST = "CERTIFICATE REQUEST";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int CERTIFICATES_MAX = 8;
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /// Reads a chain: 1 to 8 certificates and nothing else.
    ///
    /// @throws WireException if `pem` is too long, malformed, or holds anything else
    public static List<X509Certificate> certificates(String pem) {
        var certificates = new ArrayList<X509Certificate>();
        for (byte[] der : blocks(pem, CERTIFICATE, CERTIFICATES_MAX)) {
            certificates.add(certificate(der));
        }
        return List.copyOf(certificates);
    }

    /// Writes certificates one after the other.
    public static String ofCertificates(List<X509Certificate> certificates) {
        var out = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            out.append(block(CERTIFICATE, der(certificate)));
        }
        return out.toString();
    }

    /// Reads an unencrypted PKCS #8 key on P-256, and works out its public half.
    ///
    /// @throws WireException if `pem` is not exactly one such key
    static KeyPair keyPair(byte[] pem) {
        ECPrivateKey key = privateKey(pem);
        return new KeyPair(P256.publicKey(key), key);
    }

    /// Reads an unencrypted PKCS #8 key on P-256.
    ///
    /// @throws WireException if `pem` is not exactly one such key
    static ECPrivateKey privateKey(byte[] pem) {
        byte[] der =
                blocks(new String(pem, StandardCharsets.ISO_8859_1), PRIVATE_KEY, 1).getFirst();
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key instanceof ECPrivateKey ec) {
                P256Curve.requireKey(ec);
                return ec;
            }
        } catch (GeneralSecurityException _) {
            // reported below: a provider's words may quote the key
        }
        throw new WireException("not a private key on P-256; expected PKCS #8 in PEM");
    }

    static String ofPrivateKey(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    static String block(String kind, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, LINES.encodeToString(der), kind);
    }

    /// The contents of 1 to `most` blocks, all of one kind. Lines between them say what they like.
    static List<byte[]> blocks(String pem, String kind, int most) {
        if (pem.length() > BYTES_MAX) {
            throw new WireException(
                    "pem of %d bytes is too long; permitted: %d"
                            .formatted(pem.length(), BYTES_MAX));
        }
        var blocks = new ArrayList<byte[]>();
        var lines = pem.lines().map(String::strip).iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(BEGIN + kind + DASHES)) {
                blocks.add(content(lines, END + kind + DASHES, kind));
            } else if (line.startsWith(BEGIN)) {
                throw new WireException(
                        "pem holds something else than `%s`; expected only that".formatted(kind));
            }
        }
        if (blocks.isEmpty() || blocks.size() > most) {
            throw new WireException(
                    "pem holds %d blocks; expected 1 to %d of `%s`"
                            .formatted(blocks.size(), most, kind));
        }
        return blocks;
    }

    /// Up to the end of a block; a header in it is not base64 (RFC 7468, section 2).
    private static byte[] content(Iterator<String> lines, String end, String kind) {
        var base64 = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(end)) {
                try {
                    return Base64.getDecoder().decode(base64.toString());
                } catch (IllegalArgumentException _) {
                    break; // said below
                }
            }
            base64.append(line);
        }
        throw new WireException("malformed pem; expected -----BEGIN %s-----".formatted(kind));
    }

    static X509Certificate certificate(byte[] der) {
        try {
            var in = new ByteArrayInputStream(der);
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (certificate instanceof X509Certificate x509 && in.available() == 0) {
                return x509;
            }
        } catch (CertificateException _) {
            // reported below: the parser's own words name nothing useful
        }
        throw new WireException("malformed certificate; expected X.509");
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new WireException("certificate cannot be encoded");
        }
    }
}
