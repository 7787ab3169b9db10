package dev.daypass.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.ServerCredential;
import dev.daypass.authority.SigningKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the measurements share: one load generator, one upstream, one warm server, and a directory.
/// Everything in it is gone when it is closed.
final class Site implements AutoCloseable {
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(1);

    private final Options options;
    private final Cores cores;
    private final Path directory;
    private final Load load = new Load();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable Deployment deployment;
    private @Nullable Child upstream;

    private Site(Options options, Cores cores, Path directory) {
        this.options = options;
        this.cores = cores;
        this.directory = directory;
    }

    static Site make(Options options) {
        try {
            Path parent = options.directory() == null ? Machine.onDisk() : options.directory();
            Path directory = Files.createTempDirectory(parent.toAbsolutePath(), "daypass-bench-");
            var site = new Site(options, Cores.pinned(), directory);
            // After an interrupt nobody else does it. Children end with this process.
            Runtime.getRuntime().addShutdownHook(new Thread(site::removeFiles));
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Options options() {
        return options;
    }

    Cores cores() {
        return cores;
    }

    Load load() {
        return load;
    }

    /// A new directory of its own for one purpose.
    Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    Child upstream() {
        Child running = upstream;
        if (running == null) {
            running =
                    opened(
                            Child.start(
                                    new Child.Command(
                                            cores.load(),
                                            List.of(),
                                            java.util.Map.of(),
                                            List.of(Upstream.class.getName()))));
            upstream = running;
        }
        return running;
    }

    /// The server that measurements share, so that it is warmed up once.
    Deployment deployment() {
        Deployment running = deployment;
        if (running == null) {
            running = opened(deploy("shared"));
            deployment = running;
        }
        return running;
    }

    /// A server of one's own.
    Deployment deploy(String name) {
        return Deployment.start(
                new Deployment.Needs(directory(name), cores.server(), options.jvm()),
                upstream().port("http"));
    }

    /// A directory with a TLS server's `chain.pem`, `key.pem`, `both.pem`, `anchors.pem` and
    /// `tokens.pem`, for what stands in the server's place.
    Path tlsFiles() {
        try {
            Path files = directory("tls");
            CertificateAuthority authority = CertificateAuthority.load(deployment().data());
            ServerCredential tls =
                    authority.issueServer(List.of("localhost"), Instant.now(), CERTIFICATE_LIFE);
            Files.writeString(files.resolve("chain.pem"), tls.chainPem());
            Files.writeString(files.resolve("key.pem"), tls.keyPem());
            Files.writeString(files.resolve("both.pem"), tls.chainPem() + tls.keyPem());
            Files.writeString(files.resolve("anchors.pem"), authority.anchor().pem());
            Files.writeString(files.resolve("tokens.pem"), tokenKey());
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The public key that the server signs tokens with, for who checks them as it does.
    private String tokenKey() throws IOException {
        String jwks = SigningKeys.load(deployment().data()).jwks();
        try {
            byte[] key =
                    JWKSet.parse(jwks).getKeys().getLast().toECKey().toECPublicKey().getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                    .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void removeFiles() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                System.err.println("closing: " + e.getMessage());
            }
        }
        load.close();
        removeFiles();
    }
}
