package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Passed;
import dev.daypass.store.Sample;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCountTest {
    private static final String ROW =
            "\uFEFFdata: one\n\n: a comment\n\ndata: two\r\ndata: lines\r\n\r\n\n\nid: 3\r\rdata:\n\ndata: never ended";

    private static EventCount counter() {
        return new EventCount(new Fact.CallMade(Sample.SERVICE, "watch", "GET /watch", 200, 5));
    }

    private static Passed passed(EventCount counter) {
        return Objects.requireNonNull(counter.made().passed());
    }

    private static long events(String row) {
        EventCount counter = counter();
        counter.add(Buffer.buffer(row));
        return passed(counter).messagesToAgent();
    }

    @Test
    void an_event_ends_with_an_empty_line_whatever_ends_a_line() {
        assertEquals(1, events("data: x\n\n"));
        assertEquals(1, events("data: x\r\n\r\n"));
        assertEquals(1, events("data: x\r\r"));
        assertEquals(2, events("data: x\n\nevent: y\ndata: z\n\n"));
    }

    @Test
    void comments_empty_lines_and_what_never_ends_are_no_events() {
        assertEquals(0, events(": still here\n\n"));
        assertEquals(0, events("\n\r\n\r\r\n\n"));
        assertEquals(0, events("data: x\n"));
        assertEquals(1, events(": why\ndata: x\n\n"));
    }

    @Test
    void any_chunking_of_any_bytes_gives_the_same_count() {
        Long given = Long.getLong("seed");
        long seed = given == null ? new Random().nextLong() : given;
        var random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            byte[] row = run == 0 ? ROW.getBytes(StandardCharsets.UTF_8) : anything(random);
            EventCount whole = counter();
            whole.add(Buffer.buffer(row));
            EventCount cut = counter();
            for (int at = 0; at < row.length; ) {
                int some = Math.min(row.length - at, 1 + random.nextInt(7));
                cut.add(Buffer.buffer().appendBytes(row, at, some));
                at += some;
            }
            assertEquals(passed(whole), passed(cut), "-Dseed=" + seed);
            assertEquals(row.length, passed(whole).bytesToAgent());
        }
    }

    private static byte[] anything(Random random) {
        byte[] row = new byte[random.nextInt(60)];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) "\n\r:ab \n\r".charAt(random.nextInt(8));
        }
        return row;
    }
}
