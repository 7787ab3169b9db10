package dev.daypass.nats;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/// Whatever comes over the bus is dropped with a word, or is a letter of one of our servers.
class LettersFuzzTest {
    @FuzzTest
    void what_nobody_of_ours_wrote_is_dropped(byte[] bytes) {
        var letters = new Letters("two", "daypass.a", LettersTest.code("key"), () -> Instant.EPOCH);

        assertInstanceOf(Letters.Opened.Dropped.class, letters.open(bytes));
    }
}
