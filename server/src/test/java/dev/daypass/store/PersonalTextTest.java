package dev.daypass.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PersonalTextTest {
    private final PersonalText text = new PersonalText();

    @Test
    void any_bytes_are_unpacked_as_they_were() {
        Check.forAll(random -> {
            byte[] plain = Gen.bytes(random, 600);
            String known = Gen.text(random, 20);
            assertArrayEquals(plain, PersonalText.unpack(text.pack(plain, () -> known), known));
        });
    }

    @Test
    void any_words_are_unpacked_as_they_were_in_less_room() {
        Check.forAll(random -> {
            String words = ("{\"account\":{\"task\":\"" + Gen.text(random, 60) + "\"}}").repeat(9);
            byte[] plain = words.getBytes(StandardCharsets.UTF_8);
            byte[] packed = text.pack(plain, () -> "x");
            assertTrue(packed.length < plain.length);
            assertArrayEquals(plain, PersonalText.unpack(packed, "x"));
        });
    }

    @Test
    void what_was_not_packed_here_is_refused() {
        for (byte[] bad :
                new byte[][] {{1}, {1, 0}, {1, 7, 7, 7, 7}, {1, (byte) 0xff, 0, 1, 2, 3}}) {
            assertThrows(WireException.class, () -> PersonalText.unpack(bad, ""));
        }
    }
}
