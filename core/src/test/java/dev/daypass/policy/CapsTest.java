package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapsTest {
    private static final Caps SHORT = new Caps(Duration.ofMinutes(1), null);
    private static final Caps FEW = new Caps(Duration.ofMinutes(2), 3L);

    @Test
    void both_together_are_the_smaller_of_each() {
        assertEquals(new Caps(Duration.ofMinutes(1), 3L), SHORT.and(FEW));
        assertEquals(SHORT.and(FEW), FEW.and(SHORT));
    }

    @Test
    void no_caps_change_nothing() {
        assertEquals(SHORT, Caps.none().and(SHORT));
        assertEquals(FEW, FEW.and(Caps.none()));
    }
}
