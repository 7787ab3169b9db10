package dev.daypass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedJsonTest {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "agent",
                    "completed",
                    "searchOffers",
                    "é\u0001😀",
                    "2026-11-30T11:35:12.811Z",
                    "2026-11-30T11:35:12.811000Z",
                    "2026-11-30T11:35:12Z",
                    "2026-11-30T11:35:12+00:00",
                    "1969-12-31T23:59:59Z",
                    "+12026-11-30T11:35:12Z",
                    "x".repeat(111),
                    "y".repeat(112),
                    "z".repeat(5_000));

    private static void same(Json.Obj body) {
        Json.Obj back = PackedJson.unpack(PackedJson.pack(body));

        assertEquals(body, back);
        assertEquals(CanonicalJson.text(body), CanonicalJson.text(back));
    }

    private static Json any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> new Json.Null();
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> Json.of(random.nextLong(-(1L << 53), 1L << 53) >> random.nextInt(54));
            case 3 ->
                    new Json.Num(new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(9)));
            case 4 -> Json.of(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> {
                var items = new ArrayList<Json>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(any(random, depth - 1));
                }
                yield Json.array(items);
            }
            default -> object(random, depth - 1);
        };
    }

    private static Json.Obj object(Random random, int depth) {
        var members = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(TEXTS.get(random.nextInt(TEXTS.size())), any(random, depth));
        }
        return new Json.Obj(members);
    }

    @Test
    void what_is_packed_has_the_same_canonical_form_afterwards() {
        Check.forAll(2_000, random -> same(object(random, 3)));
    }

    @Test
    void numbers_at_the_edges_are_the_same() {
        for (String number :
                List.of("0", "-1", "9007199254740992", "-1e-7", "0.5", "1.0", "1E+2")) {
            same(Json.object().put("n", new Json.Num(new BigDecimal(number))).build());
        }
    }

    @Test
    void a_usual_body_is_short() {
        Json.Obj ended =
                Json.object()
                        .put("reason", "completed")
                        .put("by", "agent")
                        .put("deadline", Instant.parse("2026-11-30T11:35:12.811Z").toString())
                        .build();

        assertTrue(PackedJson.pack(ended).length <= 20, "of 73 as text");
    }

    @Test
    void bytes_that_nobody_packed_are_refused_and_nothing_else_happens() {
        Check.forAll(
                5_000,
                random -> {
                    byte[] bytes = PackedJson.pack(object(random, 3));
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    }
                    byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                    unpacked(bytes);
                    unpacked(cut);
                });
    }

    private static void unpacked(byte[] bytes) {
        try {
            PackedJson.unpack(bytes);
        } catch (WireException _) {
            return; // refused
        }
    }

    @Test
    void text_as_it_was_kept_before_is_not_mistaken_for_packed() {
        assertThrows(
                WireException.class,
                () -> PackedJson.unpack("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThrows(WireException.class, () -> PackedJson.unpack(new byte[0]));
    }
}
