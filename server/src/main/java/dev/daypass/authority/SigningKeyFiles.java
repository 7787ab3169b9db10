package dev.daypass.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the keys that sign tokens live: one file each, named `token-<milliseconds>.key.pem` after
/// the time from which it signs.
final class SigningKeyFiles {
    static final int KEYS_MAX = 64;

    private static final Pattern NAME = Pattern.compile("token-([0-9]{1,15})\\.key\\.pem");

    private final Path dir;

    SigningKeyFiles(Path dir) {
        this.dir = dir;
    }

    /// The keys, oldest first.
    ///
    /// @throws KeyFileException if a file is not fit to be used
    List<SigningKey> read() throws IOException {
        var keys = new ArrayList<SigningKey>();
        if (!Files.isDirectory(dir)) {
            return keys;
        }
        try (var files = Files.newDirectoryStream(dir, "token-*.key.pem")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (!name.matches() || keys.size() == KEYS_MAX) {
                    throw new KeyFileException(
                            "`%s` is not among the files expected; permitted: up to %d of token-<milliseconds>.key.pem"
                                    .formatted(file, KEYS_MAX));
                }
                keys.add(read(file, Instant.ofEpochMilli(Long.parseLong(name.group(1)))));
            }
        }
        keys.sort(Comparator.comparing(SigningKey::since));
        return keys;
    }

    private static SigningKey read(Path file, Instant since) throws IOException {
        return new SigningKey(KeyPairFile.read(file), since);
    }

    SigningKey make(Instant since) throws IOException {
        KeyPair made = P256.generate();
        KeyPairFile.create(file(since), made);
        return new SigningKey(made, since);
    }

    void delete(SigningKey key) throws IOException {
        KeyFiles.delete(file(key.since()));
    }

    private Path file(Instant since) {
        return dir.resolve("token-" + since.toEpochMilli() + ".key.pem");
    }
}
