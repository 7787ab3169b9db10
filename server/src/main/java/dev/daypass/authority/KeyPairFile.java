package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;

/// A key on P-256 in a file that only its owner may read, as PKCS #8 in PEM.
final class KeyPairFile {
    private KeyPairFile() {}

    /// @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
    static void create(Path file, KeyPair key) throws IOException {
        KeyFiles.create(
                file, Pem.ofPrivateKey(key.getPrivate()).getBytes(StandardCharsets.US_ASCII));
    }

    /// @throws KeyFileException if others may read the file, or it is not a key on P-256
    static KeyPair read(Path file) throws IOException {
        byte[] pem = KeyFiles.read(file);
        try {
            return Pem.keyPair(pem);
        } catch (WireException e) {
            throw new KeyFileException("key file `%s`: %s".formatted(file, e.getMessage()));
        }
    }
}
