package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.util.List;
import org.junit.jupiter.api.Test;

class Base64UrlTest {
    @Test
    void bytes_come_back() {
        Check.forAll(random -> {
            byte[] bytes = Gen.bytes(random, 70);

            assertArrayEquals(bytes, Base64Url.decode(Base64Url.encode(bytes)));
        });
    }

    @Test
    void each_value_has_one_spelling() {
        Check.forAll(
                2_000,
                random -> {
                    String text = Gen.chars(random, 8, "ABQgw_-9+/= .\n\u0141");
                    try {
                        assertEquals(text, Base64Url.encode(Base64Url.decode(text)));
                    } catch (WireException e) {
                        assertEquals("not base64url without padding", e.getMessage());
                    }
                });
    }

    @Test
    void other_spellings_are_refused() {
        for (String text :
                List.of(
                        "QQ==", "QQ=", "QR", "QUF", "+w", "/w", "Q", "Q Q", "QQ\n", " QQ", "QQ.",
                        "\u0410Q")) {
            assertThrows(WireException.class, () -> Base64Url.decode(text), text);
        }
    }

    @Test
    void nothing_is_nothing() {
        assertEquals("", Base64Url.encode(new byte[0]));
        assertEquals(0, Base64Url.decode("").length);
    }
}
