package dev.daypass.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.check.Check;
import dev.daypass.check.Vectors;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class StatusListTest {
    private static byte[] inflated(String lst) throws IOException {
        return new InflaterInputStream(new ByteArrayInputStream(Base64Url.decode(lst)))
                .readAllBytes();
    }

    private static StatusList of(JsonFields vector) {
        var list =
                new StatusList((int) vector.longValue("bits"), (int) vector.longValue("entries"));
        for (Json one : vector.items("statuses")) {
            List<Json> pair = ((Json.Arr) one).items();
            list.set(number(pair.getFirst()), number(pair.getLast()));
        }
        return list;
    }

    private static int number(Json json) {
        return Integer.parseInt(json.text());
    }

    @Test
    void the_lists_of_the_draft_come_out_bit_for_bit() throws IOException {
        for (Vectors.Vector vector : Vectors.of("status/lists.json")) {
            JsonFields told = JsonFields.of(of(vector.fields()).toJson());

            assertArrayEquals(
                    inflated(vector.fields().string("lst")),
                    inflated(told.string("lst")),
                    vector.name());
        }
    }

    @Test
    void what_was_set_is_read_again_and_nothing_else_changes() {
        Check.forAll(random -> {
            int bits = 1 << random.nextInt(4);
            int entries = 1 + random.nextInt(100);
            var list = new StatusList(bits, entries);
            int[] model = new int[entries];
            for (int i = 0; i < 50; i++) {
                int at = random.nextInt(entries);
                model[at] = random.nextInt(1 << bits);
                list.set(at, model[at]);
            }
            for (int i = 0; i < entries; i++) {
                assertEquals(model[i], list.get(i));
            }
        });
    }

    @Test
    void what_does_not_fit_is_refused() {
        var list = new StatusList(1, 9);

        assertThrows(IllegalArgumentException.class, () -> list.set(9, 1));
        assertThrows(IllegalArgumentException.class, () -> list.set(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> list.set(0, 2));
        assertThrows(IllegalArgumentException.class, () -> new StatusList(3, 9));
        assertThrows(IllegalArgumentException.class, () -> new StatusList(1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new StatusList(8, StatusList.ENTRIES_MAX + 1));
    }
}
