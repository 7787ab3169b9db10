package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalRequestFuzzTest {
    @FuzzTest
    void a_target_is_refused_or_plain_and_its_own_canonical_form(byte[] input) {
        String target = new String(input, StandardCharsets.ISO_8859_1);
        CanonicalRequest request;
        try {
            request = CanonicalRequest.parse(HttpMethod.GET, target);
        } catch (AmbiguousRequest e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return;
        }
        CanonicalRequest again = CanonicalRequest.parse(HttpMethod.GET, request.target());
        assertEquals(request.target(), again.target());
        assertEquals(request.segments(), again.segments());
        assertTrue(request.target().length() <= CanonicalRequest.TARGET_CHARS_MAX);
        assertTrue(
                request.target()
                        .matches("(/[A-Za-z0-9._~!$'()*,:@%-]*)+(\\?[A-Za-z0-9._~%&=-]+)?"));
        request.segments().forEach(CanonicalRequestFuzzTest::requirePlain);
        assertFalse(request.path().contains("//"));
    }

    @Test
    void a_damaged_target_is_refused_or_plain_and_its_own_canonical_form() {
        List<String> targets =
                Vectors.of("paths").stream()
                        .map(vector -> vector.fields().string("target"))
                        .toList();
        Check.forAll(
                10_000,
                random ->
                        a_target_is_refused_or_plain_and_its_own_canonical_form(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, targets),
                                        "/%.;?&=+25eEfFcC08ab \\")));
    }

    private static void requirePlain(String segment) {
        String folded = Normalizer.normalize(segment, Normalizer.Form.NFKC);
        for (String text : List.of(segment, folded)) {
            assertFalse(text.endsWith("."), text);
            assertTrue(
                    text.chars().noneMatch(c -> c == '/' || c == '\\' || c == ';' || c < 0x20),
                    text);
            assertFalse(text.matches("(?s).*%[0-9a-fA-F]{2}.*"), text);
        }
    }
}
