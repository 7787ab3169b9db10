package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import org.junit.jupiter.api.Test;

class GlobsTest {
    @Test
    void a_star_stands_for_any_run_of_characters() {
        assertTrue(Globs.match("*", ""));
        assertTrue(Globs.match("search*", "search"));
        assertTrue(Globs.match("*Offer*", "getOffers"));
        assertTrue(Globs.match("a*b*c", "aXbYbZc"));
        assertTrue(Globs.match("a*", "a*"));
        assertFalse(Globs.match("", "a"));
        assertFalse(Globs.match("a*b", "abc"));
        assertFalse(Globs.match("*a", "A"));
        assertFalse(Globs.match("a.c", "abc"));
    }

    @Test
    void matching_agrees_with_trying_every_split() {
        Check.forAll(
                20_000,
                random -> {
                    String glob = Gen.chars(random, 7, "ab*");
                    String name = Gen.chars(random, 9, "ab");

                    assertEquals(slowly(glob, name), Globs.match(glob, name), glob + " " + name);
                });
    }

    @Test
    void a_glob_of_many_stars_ends() {
        assertFalse(Globs.match("a*".repeat(2_000) + "b", "a".repeat(10_000)));
    }

    private static boolean slowly(String glob, String name) {
        if (glob.isEmpty()) {
            return name.isEmpty();
        }
        if (glob.charAt(0) == '*') {
            for (int taken = 0; taken <= name.length(); taken++) {
                if (slowly(glob.substring(1), name.substring(taken))) {
                    return true;
                }
            }
            return false;
        }
        return !name.isEmpty()
                && glob.charAt(0) == name.charAt(0)
                && slowly(glob.substring(1), name.substring(1));
    }
}
