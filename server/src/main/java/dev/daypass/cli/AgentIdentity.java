package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.KeyFiles;
import dev.daypass.authority.Pem;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// What an agent holds on its own host: its key, its certificate, the authority that it trusts, and
/// where its server is. It does not print.
public final class AgentIdentity {
    private static final String KEY = "key.pem";
    private static final String CERTIFICATE = "cert.pem";
    private static final String AUTHORITY = "ca.pem";
    private static final String SERVER = "server";
    private static final String PROBE = ".probe";
    private static final String AGAIN =
            "enrol anew with: daypass agent enrol --force --token TOKEN";

    private final EnrolmentKey key;
    private final List<X509Certificate> chain;
    private final TrustAnchor authority;
    private final URI server;

    private AgentIdentity(
            EnrolmentKey key, List<X509Certificate> chain, TrustAnchor authority, URI server) {
        this.key = key;
        this.chain = List.copyOf(chain);
        this.authority = authority;
        this.server = server;
    }

    /// Writes an identity for its owner alone. An old certificate is replaced, an old key is not.
    ///
    /// @throws IOException if it cannot be written
    public static void write(Path directory, EnrolmentKey key, String chainPem, URI server)
            throws IOException {
        Files.createDirectories(directory);
        List<X509Certificate> chain = Pem.certificates(chainPem);
        KeyFiles.replace(directory.resolve(KEY), bytes(key.pem()));
        KeyFiles.replace(directory.resolve(CERTIFICATE), bytes(chainPem));
        KeyFiles.replace(
                directory.resolve(AUTHORITY), bytes(Pem.ofCertificates(List.of(chain.getLast()))));
        KeyFiles.replace(directory.resolve(SERVER), bytes(server + "\n"));
    }

    /// Whether an identity could be written there.
    ///
    /// @throws IOException if it could not
    static void requireWritable(Path directory) throws IOException {
        Path probe = directory.resolve(PROBE);
        KeyFiles.replace(probe, new byte[0]);
        Files.deleteIfExists(probe);
    }

    /// @throws DataDirectoryFailure saying what to do
    public static AgentIdentity read(Path directory) {
        if (!exists(directory)) {
            throw new DataDirectoryFailure(
                    "no agent identity in `%s`; run `daypass agent enrol`".formatted(directory));
        }
        try {
            return new AgentIdentity(
                    EnrolmentKey.read(directory.resolve(KEY)),
                    parsed(directory.resolve(CERTIFICATE), Pem::certificates),
                    parsed(directory.resolve(AUTHORITY), TrustAnchor::parse),
                    parsed(directory.resolve(SERVER), text -> URI.create(text.strip())));
        } catch (NoSuchFileException e) {
            throw new DataDirectoryFailure(
                    "agent identity in `%s` lacks `%s`; %s"
                            .formatted(
                                    directory,
                                    Path.of(String.valueOf(e.getFile())).getFileName(),
                                    AGAIN));
        } catch (IOException e) {
            throw new DataDirectoryFailure(
                    "agent identity in `%s`: %s".formatted(directory, FileReasons.of(e)));
        }
    }

    private static <T> T parsed(Path file, Function<String, T> parser) throws IOException {
        String text = text(file);
        try {
            return parser.apply(text);
        } catch (WireException | IllegalArgumentException e) {
            throw new DataDirectoryFailure(
                    "agent identity: `%s` is damaged: %s; %s"
                            .formatted(file, e.getMessage(), AGAIN));
        }
    }

    /// Whether there is a key in `directory`.
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(KEY));
    }

    private static String text(Path file) throws IOException {
        return new String(KeyFiles.read(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public URI server() {
        return server;
    }

    public List<X509Certificate> chain() {
        return chain;
    }

    /// Its key and certificate, and the only authority that it trusts, for servers that it names.
    public SSLContext tls() {
        return AgentTls.of(this);
    }

    EnrolmentKey key() {
        return key;
    }

    TrustAnchor authority() {
        return authority;
    }
}
