package dev.daypass.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.catalog.Fetch;
import dev.daypass.events.Push.Pushed;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.vault.Sealer;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamsTest {
    private static final Push NOBODY = (_, _, _) -> new Pushed.NotNow("nobody is there");

    @TempDir Path home = Path.of("");
    private SqlStore store;
    private EventStreams streams;

    @BeforeEach
    void open() throws IOException {
        var clock = new SettableClock(Sample.START);
        store =
                SqlStore.open(
                        new SqlStore.Options(home.resolve("daypass.db"), 100, 10, FixedMaster.KEY),
                        clock,
                        _ -> {});
        streams =
                new EventStreams(
                        store,
                        new Vault(Sealer.create(home.resolve("vault.key"))),
                        new EventSigner("https://daypass.example", _ -> "signed"),
                        NOBODY,
                        new EventStreams.Surroundings(clock, new SecureRandom(), false));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void refused(String endpoint, String why) {
        WireException refused =
                assertThrows(WireException.class, () -> streams.add(endpoint, "", null, "ada"));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    @Test
    void a_receiver_stands_at_no_private_address() {
        for (String host :
                new String[] {"127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "localhost"}) {
            refused("https://" + host + "/events", "private address");
        }
        assertTrue(streams.streams().isEmpty());
    }

    @Test
    void what_came_to_stand_there_later_is_not_asked() {
        var push = new HttpPush(Fetch.fromPublicAddresses());

        Pushed pushed = push.push("https://127.0.0.1:1/events", null, "token");
        assertTrue(
                assertInstanceOf(Pushed.NotNow.class, pushed).why().contains("not a public"),
                pushed::toString);
    }

    @Test
    void a_field_that_could_end_itself_is_refused() {
        for (String field : new String[] {"a\r\nb: c", "ä", "x".repeat(1_001)}) {
            assertThrows(
                    WireException.class,
                    () -> streams.add("https://192.0.2.1/", "", Secret.of(field), "ada"));
        }
    }

    @Test
    void trying_again_takes_twice_as_long_each_time_and_ends() {
        Instant now = Sample.START;
        var random = new Random(1);
        long before = 0;
        for (int tries = 1; tries < Patience.TRIES_MAX; tries++) {
            Instant next = Patience.next(tries, now, random);
            long wait = next == null ? -1 : Duration.between(now, next).toMillis();
            assertTrue(wait >= 1_000L << (tries - 1) && wait <= 1_250L << (tries - 1), "" + wait);
            assertTrue(wait > before, "" + wait);
            before = wait;
        }
        assertNull(Patience.next(Patience.TRIES_MAX, now, random));
        assertEquals(12, Patience.TRIES_MAX);
    }
}
