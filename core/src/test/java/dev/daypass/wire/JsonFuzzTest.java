package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFuzzTest {
    @FuzzTest
    void a_text_is_refused_in_one_short_line_or_read_and_written_alike(byte[] input) {
        Json value;
        try {
            value = Json.parse(input, JsonLimits.DEFAULT);
        } catch (WireException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.length() < 300, message);
            assertTrue(message.chars().noneMatch(Character::isISOControl), message);
            return;
        }
        assertEquals(value, Json.parse(value.bytes(), JsonLimits.DOCUMENT));
        assertEquals(value.hashCode(), Json.parse(value.bytes(), JsonLimits.DOCUMENT).hashCode());
        canonicalOnce(value);
    }

    @Test
    void a_damaged_text_is_refused_in_one_short_line_or_read_and_written_alike() {
        List<String> texts =
                Vectors.of("canonical-json.json").stream()
                        .map(vector -> vector.fields().string("json"))
                        .toList();
        assertFalse(texts.isEmpty());
        Check.forAll(
                5_000,
                random ->
                        a_text_is_refused_in_one_short_line_or_read_and_written_alike(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, texts),
                                        "[]{}\",:\\u0019eE+-. \0tn")));
    }

    private static void canonicalOnce(Json value) {
        String canonical;
        try {
            canonical = CanonicalJson.text(value);
        } catch (WireException _) {
            return;
        }
        Json again =
                Json.parse(
                        canonical.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        JsonLimits.DOCUMENT);
        assertEquals(canonical, CanonicalJson.text(again));
    }
}
