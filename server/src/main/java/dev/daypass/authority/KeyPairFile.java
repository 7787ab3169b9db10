package dev.daypass.authority;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.function.Function;

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
        return parsed(file, Pem::keyPair);
    }

    /// Without its public half.
    ///
    /// @throws KeyFileException if others may read the file, or it is not a key on P-256
    static PrivateKey privateKey(Path file) throws IOException {
        return parsed(file, Pem::privateKey);
    }

    private static <T> T parsed(Path file, Function<byte[], T> parser) throws IOException {
        byte[] pem = KeyFiles.read(file);
        try {
            return parser.apply(pem);
        } catch (WireException e) {
            throw new KeyFileException("key file `%s`: %s".formatted(file, e.getMessage()));
        }
    }
}
