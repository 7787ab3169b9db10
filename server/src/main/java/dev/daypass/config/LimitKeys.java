package dev.daypass.config;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;

/// The keys below `limits`, in the order of the reference.
final class LimitKeys {
    private static final long PEBIBYTE = 1L << 50;
    private static final int MEBIBYTE = 1 << 20;
    private static final Kind<Integer> CALLS = Kind.count(1, 1_000_000, "calls");
    private static final Kind<Duration> TIME = Kind.duration(ofMillis(10), ofHours(1));

    static final Key<Integer> ACCOUNT_CALLS =
            new Key<>(
                    "limits.account_calls",
                    CALLS,
                    100,
                    "calls of one account that may be under way at once; one more gets 429");
    static final Key<Integer> AGENT_CALLS =
            new Key<>(
                    "limits.agent_calls",
                    CALLS,
                    500,
                    "calls of all accounts of one agent that may be under way at once; one more gets 429");
    static final Key<Integer> SERVICE_CALLS =
            new Key<>(
                    "limits.service_calls",
                    CALLS,
                    1_000,
                    "calls to one service that may be under way at once; one more gets 503");
    static final Key<Duration> HANDSHAKE_TIMEOUT =
            new Key<>(
                    "limits.handshake_timeout",
                    TIME,
                    ofSeconds(10),
                    "how long a TLS handshake with an agent may take");
    static final Key<Duration> RESUMPTION =
            new Key<>(
                    "limits.resumption",
                    Kind.duration(Duration.ZERO, ofHours(1)),
                    ofMinutes(5),
                    "how long after a TLS handshake an agent may connect again without proving its key once more; `0s` for never");
    static final Key<Duration> HEAD_TIMEOUT =
            new Key<>(
                    "limits.head_timeout",
                    TIME,
                    ofSeconds(20),
                    "how long the head of a request may take, from its first byte to its last");
    static final Key<Duration> BODY_TIMEOUT =
            new Key<>(
                    "limits.body_timeout",
                    TIME,
                    ofSeconds(30),
                    "in each such time a body that is awaited brings at least 1 KiB, or its end");
    static final Key<Duration> READER_TIMEOUT =
            new Key<>(
                    "limits.reader_timeout",
                    TIME,
                    ofSeconds(30),
                    "how long an agent may leave the buffers full that its answer comes through");
    static final Key<Long> ANSWER_BYTES_MAX =
            new Key<>(
                    "limits.answer_bytes_max",
                    Kind.bytes(1, PEBIBYTE),
                    10L << 30,
                    "size of an answer, streamed and never held whole; a longer one is cut");
    static final Key<Integer> MESSAGE_BYTES_MAX =
            new Key<>(
                    "limits.message_bytes_max",
                    Kind.count(1, 16 * MEBIBYTE, "bytes"),
                    MEBIBYTE,
                    "size of one WebSocket message");
    static final Key<Integer> BREAKER_FAILURES =
            new Key<>(
                    "limits.breaker_failures",
                    Kind.count(1, 1_000, "failures"),
                    5,
                    "after so many failures in a row to connect to a service it is left alone");
    static final Key<Duration> BREAKER_REST =
            new Key<>(
                    "limits.breaker_rest",
                    TIME,
                    ofSeconds(10),
                    "how long a service is left alone until one call tries it");
    static final Key<Duration> DRAIN_TIMEOUT =
            new Key<>(
                    "limits.drain_timeout",
                    TIME,
                    ofSeconds(10),
                    "how long a server that is told to stop waits for calls under way");

    static final List<Key<?>> ALL =
            List.of(
                    ACCOUNT_CALLS,
                    AGENT_CALLS,
                    SERVICE_CALLS,
                    HANDSHAKE_TIMEOUT,
                    RESUMPTION,
                    HEAD_TIMEOUT,
                    BODY_TIMEOUT,
                    READER_TIMEOUT,
                    ANSWER_BYTES_MAX,
                    MESSAGE_BYTES_MAX,
                    BREAKER_FAILURES,
                    BREAKER_REST,
                    DRAIN_TIMEOUT);

    private LimitKeys() {}
}
