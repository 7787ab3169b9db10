package dev.daypass.nats;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// What servers send each other through hands that are not theirs. Each letter names who wrote it,
/// when, and its number among the writer's, and carries a code that only servers of this deployment
/// can make. What was forged, is old, or came before is nobody's. Thread-safe.
final class Letters {
    static final int BYTES_MAX = 16 * 1024;

    /// Between two clocks, and on the way.
    static final Duration AGE_MAX = Duration.ofSeconds(30);

    private static final int WRITERS_MAX = 1_000;

    private final String name;
    private final String subject;
    private final Function<String, byte[]> code;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Long> last =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > WRITERS_MAX;
                }
            };

    /// @param name of this server, never used before
    /// @param subject where they go: one of another place is not read here
    /// @param code the authentication code of a text, under a key of the deployment
    Letters(String name, String subject, Function<String, byte[]> code, InstantSource clock) {
        this.name = name;
        this.subject = subject;
        this.code = code;
        this.clock = clock;
    }

    /// What became of a letter.
    sealed interface Opened {
        /// @param text what it says; empty where it says only that something was written
        record Good(String text) implements Opened {}

        /// @param why a word
        record Dropped(String why) implements Opened {}
    }

    byte[] write(String text) {
        long mine = number.incrementAndGet();
        long at = clock.instant().toEpochMilli();
        return Json.object()
                .put("from", name)
                .put("n", mine)
                .put("at", at)
                .put("text", text)
                .put("code", Base64Url.encode(code.apply(signed(name, mine, at, text))))
                .build()
                .bytes();
    }

    Opened open(byte[] letter) {
        if (letter.length > BYTES_MAX) {
            return new Opened.Dropped("long");
        }
        try {
            JsonFields fields =
                    JsonFields.of(Json.parse(new String(letter, StandardCharsets.UTF_8)));
            String from = fields.string("from");
            long n = fields.longValue("n");
            long at = fields.longValue("at");
            String text = fields.string("text");
            byte[] there = Base64Url.decode(fields.string("code"));
            fields.end();
            if (!MessageDigest.isEqual(there, code.apply(signed(from, n, at, text)))) {
                return new Opened.Dropped("forged");
            }
            return judged(from, n, at, text);
        } catch (WireException _) {
            return new Opened.Dropped("malformed");
        }
    }

    private Opened judged(String from, long n, long at, String text) {
        long apart = Math.abs(clock.instant().toEpochMilli() - at);
        if (apart > AGE_MAX.toMillis() || apart < 0) {
            return new Opened.Dropped("old");
        }
        synchronized (last) {
            if (n <= last.getOrDefault(from, 0L)) {
                return new Opened.Dropped("replayed");
            }
            last.put(from, n);
        }
        return new Opened.Good(text);
    }

    private String signed(String from, long n, long at, String text) {
        return "daypass bus\n%s\n%s\n%d\n%d\n%s".formatted(subject, from, n, at, text);
    }
}
