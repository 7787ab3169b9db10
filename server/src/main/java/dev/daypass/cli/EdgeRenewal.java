package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.ServerCredential;
import dev.daypass.remote.BrokerClient;
import dev.daypass.vault.EdgeVault;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has an edge's next key certified while its certificate still lives, and its listener's with it.
///
/// The identity is replaced on disk before the new certificate is shown for the first time; only
/// then does the broker let go of the old one. So a process that dies in between can be started
/// anew with what it finds.
final class EdgeRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeRenewal.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Path directory;
    private final BrokerClient broker;
    private final EdgeVault vault;
    private final Consumer<ServerCredential> listener;
    private volatile EdgeIdentity identity;
    private volatile boolean closed;

    /// @param directory where the identity is
    /// @param listener is told of a new certificate for it
    EdgeRenewal(
            Path directory,
            EdgeIdentity identity,
            BrokerClient broker,
            EdgeVault vault,
            Consumer<ServerCredential> listener) {
        this.directory = directory;
        this.identity = identity;
        this.broker = broker;
        this.vault = vault;
        this.listener = listener;
    }

    /// Once two thirds of its life are over.
    static boolean due(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return !now.isBefore(from.plus(life.multipliedBy(2).dividedBy(3)));
    }

    void start(InstantSource clock, EdgeHealth health) {
        Thread.ofVirtual()
                .name("daypass-renewal")
                .start(() -> {
                    while (!closed) {
                        LockSupport.parkNanos(LOOK_NANOS);
                        if (!closed && due(identity.certificate(), clock.instant())) {
                            tried(health);
                        }
                    }
                });
    }

    private void tried(EdgeHealth health) {
        try {
            renew();
            Instant ends = identity.certificate().getNotAfter().toInstant();
            health.certificateEnds(ends);
            LOG.info("the certificate was renewed; it ends {}", ends);
        } catch (CompletionException | WireException | DataDirectoryFailure | StartFailure e) {
            LOG.warn(
                    "the certificate was not renewed, and ends {}: {}",
                    identity.certificate().getNotAfter().toInstant(),
                    e.getMessage());
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /// @return the new identity, which is on disk already
    EdgeIdentity renew() {
        EnrolmentKey key = EnrolmentKey.generate();
        Json answer =
                broker.post(
                                "/v1/edge/certificate",
                                Json.object().put("csr", key.requestPem()).build())
                        .join();
        EdgeIdentity next =
                EdgeIdentity.of(
                        key, JsonFields.of(answer).string("certificate"), identity.broker());
        next.write(directory);
        vault.use(key.key());
        broker.use(ClientTls.of(next));
        identity = next;
        listener.accept(EdgeTrust.listener(broker));
        return next;
    }

    @Override
    public void close() {
        closed = true;
    }
}
