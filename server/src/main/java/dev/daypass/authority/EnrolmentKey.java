package dev.daypass.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;

/// An identity key on P-256, made where it is used and never sent anywhere: the authority sees only
/// a request that it signed. It does not print.
public final class EnrolmentKey {
    private final PrivateKey key;

    private EnrolmentKey(PrivateKey key) {
        this.key = key;
    }

    public static EnrolmentKey generate() {
        return new EnrolmentKey(P256.generate().getPrivate());
    }

    /// Reads a key that [#write] wrote.
    ///
    /// @throws KeyFileException if others may read the file, or it is not a key on P-256
    /// @throws IOException if there is no such file or it cannot be read
    public static EnrolmentKey read(Path file) throws IOException {
        return new EnrolmentKey(KeyPairFile.privateKey(file));
    }

    /// Reads what [#pem] wrote.
    ///
    /// @throws dev.daypass.wire.WireException if it is not exactly one key on P-256
    public static EnrolmentKey parse(String pem) {
        return new EnrolmentKey(Pem.privateKey(pem.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Writes the key as PKCS #8 in PEM for its owner alone.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
    /// @throws IOException if it cannot be written
    public void write(Path file) throws IOException {
        KeyPairFile.create(file, pair());
    }

    /// A certificate request for this key, to be sent to the authority.
    public String requestPem() {
        return CertificateRequest.pem(pair());
    }

    public PrivateKey key() {
        return key;
    }

    /// The key as unencrypted PKCS #8, for a TLS library.
    public String pem() {
        return Pem.ofPrivateKey(key);
    }

    /// With the public half, which is worked out.
    KeyPair pair() {
        return Pem.keyPair(pem().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
