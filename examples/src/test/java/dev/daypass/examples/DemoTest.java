package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void the_story_goes_as_it_should_and_shows_what_it_claims() {
        var printed = new ByteArrayOutputStream();

        boolean went =
                Demo.run(new Storyteller(new PrintStream(printed, true, StandardCharsets.UTF_8)));

        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(went, text);
        for (String line :
                List.of(
                        "find the cheapest flight from New York to London",
                        "searchOffers  GET /offers",
                        "refused with 401 at `verify`",
                        "refused with 403 at `permitted`",
                        "refused with 401 at `fresh`",
                        "refused with 422 at `confine`",
                        "its token says who acts, and for whom: scout, for buybot",
                        "facts, none changed, none missing",
                        "no API key and no token is in it",
                        "The story went as it should")) {
            assertTrue(text.contains(line), "not told: " + line + "\n" + text);
        }
        assertFalse(text.contains("✗"), text);
        assertFalse(text.contains("eyJ"), "a token was printed");
    }
}
