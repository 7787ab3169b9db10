package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.ServerCredential;
import dev.daypass.authority.SignatureCheck;
import dev.daypass.authority.TokenFlaw;
import dev.daypass.authority.VerificationKeys;
import dev.daypass.remote.BrokerClient;
import dev.daypass.remote.BrokerRefused;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.token.TokenSignatures;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose tokens an edge elsewhere believes, as its broker says: read at the start, from time to
/// time, and where a token names a key that is not known.
final class EdgeTrust implements TokenSignatures, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeTrust.class);
    private static final String TRUST = "/v1/edge/trust";
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);
    // Whoever sends tokens of unknown keys does not make the edge ask more often.
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final BrokerClient broker;
    private final Executor executor;
    private final String issuer;
    private final boolean readsDurableFirst;
    private final LeaseTerms terms;
    private final AtomicLong asked = new AtomicLong(System.nanoTime());
    private volatile VerificationKeys keys;
    private volatile boolean closed;

    private EdgeTrust(BrokerClient broker, Json said, Executor executor) {
        JsonFields fields = JsonFields.of(said);
        this.broker = broker;
        this.executor = executor;
        this.issuer = fields.string("issuer");
        this.readsDurableFirst = fields.booleanOr("reads_durable_first", true);
        this.terms = LeaseTerms.of(Duration.ofMillis(fields.longValue("lease_ms")));
        this.keys = keys(said);
    }

    private static VerificationKeys keys(Json said) {
        Json jwks = JsonFields.of(said).take("jwks");
        return VerificationKeys.parse(jwks == null ? "{}" : jwks.text());
    }

    /// Waits until a broker has said it.
    ///
    /// @throws StartFailure where a broker does not know this edge
    static EdgeTrust fetched(BrokerClient broker, EdgeHealth health, Executor executor) {
        String told = "";
        while (true) {
            try {
                var trust = new EdgeTrust(broker, broker.get(TRUST).join(), executor);
                Thread.ofVirtual().name("daypass-trust").start(trust::keepUp);
                return trust;
            } catch (CompletionException e) {
                refuseUnknown(e.getCause());
                String why = broker.trouble();
                health.waits(why);
                if (!why.equals(told)) {
                    LOG.warn("waiting for a broker: {}", why);
                    told = why;
                }
            } catch (WireException e) {
                throw new StartFailure(
                        "the broker's answer cannot be used: %s; is it of another version?"
                                .formatted(e.getMessage()));
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private static void refuseUnknown(@Nullable Throwable cause) {
        if (cause instanceof BrokerRefused refused && refused.unknownEdge()) {
            throw new StartFailure(
                    "%s; enrol anew: on the broker's host daypass edge add NAME, and here daypass edge enrol --force --broker URL --token - --data DIR"
                            .formatted(refused.getMessage()));
        }
    }

    /// Has a new key certified for a listener, under the names that an operator permitted. It stays
    /// in memory.
    static ServerCredential listener(BrokerClient broker) {
        EnrolmentKey key = EnrolmentKey.generate();
        try {
            Json answer =
                    broker.post(
                                    "/v1/edge/listener",
                                    Json.object().put("csr", key.requestPem()).build())
                            .join();
            return ServerCredential.of(key, JsonFields.of(answer).string("certificate"));
        } catch (CompletionException | WireException e) {
            throw new StartFailure(
                    "the broker does not certify this edge's listener: " + broker.trouble());
        }
    }

    private void keepUp() {
        while (!closed) {
            LockSupport.parkNanos(UNKNOWN_NANOS);
            if (System.nanoTime() - asked.get() >= EVERY_NANOS) {
                refresh();
            }
        }
    }

    private void refresh() {
        asked.set(System.nanoTime());
        try {
            keys = keys(broker.get(TRUST).join());
        } catch (CompletionException | WireException e) {
            LOG.debug("keys were not refreshed: {}", e.getMessage());
        }
    }

    @Override
    public Signed verify(String token) {
        return switch (keys.verify(token)) {
            case SignatureCheck.Signed signed ->
                    new Signed.Valid(new String(signed.claims(), StandardCharsets.UTF_8));
            case SignatureCheck.Invalid(var flaw) -> {
                if (flaw == TokenFlaw.UNKNOWN_KEY) {
                    askAnew();
                }
                yield new Signed.Invalid(flaw.text());
            }
        };
    }

    private void askAnew() {
        long before = asked.get();
        long now = System.nanoTime();
        if (!closed && now - before >= UNKNOWN_NANOS && asked.compareAndSet(before, now)) {
            executor.execute(this::refresh);
        }
    }

    String issuer() {
        return issuer;
    }

    boolean readsDurableFirst() {
        return readsDurableFirst;
    }

    LeaseTerms terms() {
        return terms;
    }

    @Override
    public void close() {
        closed = true;
    }
}
