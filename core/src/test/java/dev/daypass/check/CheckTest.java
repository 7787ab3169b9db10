package dev.daypass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final Pattern SEED = Pattern.compile("-Dseed=(-?\\d+)");

    @Test
    void a_law_that_holds_is_tried_as_often_as_asked() {
        var tried = new ArrayList<Long>();

        new Check("", 40).run(random -> tried.add(random.nextLong()));

        assertEquals(40, tried.stream().distinct().count());
    }

    @Test
    void a_broken_law_names_a_seed_that_brings_the_same_case_back() {
        var broken = new ArrayList<Integer>();

        AssertionError first = assertThrows(AssertionError.class, () -> breaks(broken, ""));
        Matcher seed = SEED.matcher(String.valueOf(first.getMessage()));
        assertTrue(seed.find(), first::getMessage);
        assertThrows(AssertionError.class, () -> breaks(broken, seed.group(1)));

        assertEquals(2, broken.size());
        assertEquals(broken.getFirst(), broken.getLast());
    }

    @Test
    void an_exception_breaks_a_law_too() {
        assertThrows(
                AssertionError.class,
                () ->
                        new Check("7", 1)
                                .run(_ -> {
                                    throw new IllegalStateException("thrown");
                                }));
    }

    private static void breaks(List<Integer> broken, String seed) {
        new Check(seed, 10_000)
                .run(random -> {
                    int drawn = random.nextInt(1_000_000);
                    if (drawn % 10 == 3) {
                        broken.add(drawn);
                        throw new AssertionError("drew " + drawn);
                    }
                });
    }
}
