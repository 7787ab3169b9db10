package dev.daypass.cli;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.KeyFileException;
import dev.daypass.authority.KeyFiles;
import dev.daypass.authority.SigningKeys;
import dev.daypass.checkpoint.LogKey;
import dev.daypass.console.Operators;
import dev.daypass.vault.Sealer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data directory: keys that only its owner can read, and the database.
public final class DataDirectory {
    public static final String OPERATOR_TOKEN = "operator.token";

    private static final String OPERATORS = "operators";
    private static final String AUTHORITY = "ca.pem";
    private static final String AUTHORITY_KEY = "ca.key.pem";
    private static final String VAULT_KEY = "vault.key";
    private static final String DATABASE = "daypass.db";
    private static final String FIRST_OPERATOR = "operator";
    private static final int TOKEN_BYTES = 32;

    private final Path path;

    public DataDirectory(Path path) {
        this.path = path;
    }

    /// What a server needs of it.
    ///
    /// @param authority issues certificates
    /// @param keys sign tokens
    /// @param sealer seals credentials
    /// @param operators who may use the operator API
    public record Keys(
            CertificateAuthority authority, SigningKeys keys, Sealer sealer, Operators operators) {}

    /// Makes keys and the first operator.
    ///
    /// @throws DataDirectoryFailure saying what to do
    public void init(String trustDomain, Instant now) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new DataDirectoryFailure(
                    "`%s` is not a directory; name another for `data`".formatted(path));
        }
        requireNothingIn(path);
        try {
            Files.createDirectories(path);
            CertificateAuthority.create(path, trustDomain, now);
            SigningKeys.create(path, now);
            Sealer.create(path.resolve(VAULT_KEY));
            LogKey.create(path, trustDomain);
            Secret token = newToken();
            KeyFiles.create(path.resolve(OPERATORS), bytes(Operators.line(FIRST_OPERATOR, token)));
            KeyFiles.create(path.resolve(OPERATOR_TOKEN), bytes(token.reveal() + "\n"));
        } catch (FileAlreadyExistsException _) {
            throw new DataDirectoryFailure(
                    "data directory `%s` is initialised already; nothing was changed"
                            .formatted(path));
        } catch (IOException e) {
            throw new DataDirectoryFailure(
                    "data directory `%s` cannot be written: %s".formatted(path, FileReasons.of(e)));
        }
    }

    /// What an `init` left that did not come to its end is not to be mixed with new keys.
    private void requireNothingIn(Path directory) {
        if (initialised()) {
            throw new DataDirectoryFailure(
                    "data directory `%s` is initialised already; nothing was changed"
                            .formatted(directory));
        }
        for (String name : List.of(AUTHORITY, AUTHORITY_KEY, VAULT_KEY, DATABASE)) {
            if (Files.exists(directory.resolve(name))) {
                throw new DataDirectoryFailure(
                        "data directory `%s` holds `%s` but no `%s`, so nothing was changed; put the file back, or name another with --data"
                                .formatted(directory, name, OPERATORS));
            }
        }
    }

    public boolean initialised() {
        return Files.exists(path.resolve(OPERATORS));
    }

    /// @throws DataDirectoryFailure if `init` was not run
    void requireInitialised() {
        if (!initialised()) {
            throw new DataDirectoryFailure(
                    "data directory `%s` is not initialised; run `daypass init`".formatted(path));
        }
    }

    /// @throws DataDirectoryFailure saying what to do
    public Keys load() {
        try {
            return new Keys(
                    CertificateAuthority.load(path),
                    SigningKeys.load(path),
                    Sealer.load(path.resolve(VAULT_KEY)),
                    operators());
        } catch (NoSuchFileException e) {
            throw new DataDirectoryFailure(
                    "data directory `%s` lacks `%s`; put the file back from a backup"
                            .formatted(path, Path.of(String.valueOf(e.getFile())).getFileName()));
        } catch (KeyFileException e) {
            throw new DataDirectoryFailure(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new DataDirectoryFailure(
                    "data directory `%s` cannot be read: %s".formatted(path, FileReasons.of(e)));
        }
    }

    private Operators operators() throws IOException {
        Path file = path.resolve(OPERATORS);
        try {
            return Operators.parse(new String(KeyFiles.read(file), StandardCharsets.UTF_8));
        } catch (WireException e) {
            throw new KeyFileException("`%s` is damaged: %s".formatted(file, e.getMessage()));
        }
    }

    /// The first operator's token, for the command on the same host.
    ///
    /// @throws DataDirectoryFailure if it is not there or not readable
    public Secret operatorToken() {
        try {
            byte[] file = KeyFiles.read(path.resolve(OPERATOR_TOKEN));
            return Secret.of(new String(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new DataDirectoryFailure(
                    "no operator token: `%s`: %s; run `daypass init`, or set DAYPASS_OPERATOR_TOKEN, or name the data directory with --data"
                            .formatted(path.resolve(OPERATOR_TOKEN), FileReasons.of(e)));
        }
    }

    /// The absolute path of the first operator's token, where its file and this directory are
    /// closed to others as key files are; `null` otherwise.
    @Nullable String guardedTokenFile() {
        Path file = path.resolve(OPERATOR_TOKEN);
        try {
            KeyFiles.requireGuarded(file);
            return file.toAbsolutePath().toString();
        } catch (IOException _) {
            return null;
        }
    }

    Path database() {
        return path.resolve(DATABASE);
    }

    private static Secret newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.of("dpo_" + Base64Url.encode(random));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
