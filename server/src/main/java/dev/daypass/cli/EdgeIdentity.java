package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.KeyFiles;
import dev.daypass.authority.Pem;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// What an edge in a process of its own holds on disk: one file with its key, its certificate, the
/// authority that it trusts, and where it enrolled. It is replaced whole, so that a key is never
/// beside another's certificate. It does not print.
public final class EdgeIdentity {
    private static final String FILE = "edge.identity";
    private static final String AGAIN = "enrol anew with: daypass edge enrol --force --token -";

    private final EnrolmentKey key;
    private final List<X509Certificate> chain;
    private final TrustAnchor authority;
    private final URI broker;

    private EdgeIdentity(
            EnrolmentKey key, List<X509Certificate> chain, TrustAnchor authority, URI broker) {
        this.key = key;
        this.chain = List.copyOf(chain);
        this.authority = authority;
        this.broker = broker;
    }

    /// @throws WireException if the chain is not one that an authority issues
    static EdgeIdentity of(EnrolmentKey key, String chainPem, URI broker) {
        List<X509Certificate> chain = Pem.certificates(chainPem);
        return new EdgeIdentity(
                key,
                chain,
                TrustAnchor.parse(Pem.ofCertificates(List.of(chain.getLast()))),
                broker);
    }

    /// Whether there is one in a directory.
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    /// @throws DataDirectoryFailure saying what to do
    public static EdgeIdentity read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            JsonFields fields = JsonFields.of(Json.parse(KeyFiles.read(file), JsonLimits.DEFAULT));
            return of(
                    EnrolmentKey.parse(fields.string("key")),
                    fields.string("chain"),
                    URI.create(fields.string("broker")));
        } catch (NoSuchFileException _) {
            throw new DataDirectoryFailure(
                    "no edge's identity in `%s`; on the broker's host: daypass edge add NAME, and here: daypass edge enrol --broker URL --token - --data DIR"
                            .formatted(directory));
        } catch (IOException e) {
            throw new DataDirectoryFailure(
                    "edge's identity in `%s`: %s".formatted(directory, FileReasons.of(e)));
        } catch (WireException | IllegalArgumentException _) {
            // Not what was wrong: it may quote the key.
            throw new DataDirectoryFailure(
                    "edge's identity: `%s` is damaged; %s".formatted(file, AGAIN));
        }
    }

    /// Writes it for its owner alone, in place of the one before.
    ///
    /// @throws DataDirectoryFailure if it cannot be written
    void write(Path directory) {
        write(
                directory,
                Json.object()
                        .put("broker", broker.toString())
                        .put("chain", Pem.ofCertificates(chain))
                        .put("key", key.pem())
                        .build()
                        .bytes());
    }

    /// Asks the disk before the broker: a one-time token must not be used up for nothing.
    ///
    /// @throws DataDirectoryFailure if an identity could not be written
    static void requireWritable(Path directory) {
        Path probe = directory.resolve(FILE + ".probe");
        try {
            Files.createDirectories(directory);
            KeyFiles.replace(probe, new byte[0]);
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void write(Path directory, byte[] content) {
        try {
            KeyFiles.replace(directory.resolve(FILE), content);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static DataDirectoryFailure unwritable(Path directory, IOException e) {
        return new DataDirectoryFailure(
                "an edge's identity cannot be written to `%s`: %s; --data names another place"
                        .formatted(directory, FileReasons.of(e)));
    }

    /// The edge's name, as its certificate has it.
    public String name() {
        return authority.edgeNamed(certificate());
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Where it enrolled.
    public URI broker() {
        return broker;
    }

    EnrolmentKey key() {
        return key;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    TrustAnchor authority() {
        return authority;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
