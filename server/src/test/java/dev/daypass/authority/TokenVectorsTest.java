package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TokenVectorsTest {
    private static final Path VECTORS = Path.of("..", "spec", "vectors", "tokens.json");
    private static final String SIGNED = "signed";

    private record Vector(String name, String expect, String token) {
        static Vector of(Json item) {
            JsonFields fields = JsonFields.of(item);
            return new Vector(
                    fields.string("name"), fields.string("expect"), fields.string("token"));
        }
    }

    @TestFactory
    Stream<DynamicTest> every_vector_shows_the_flaw_that_it_names() throws IOException {
        return tests(Es256.of(Security.getProvider("SunEC")));
    }

    @TestFactory
    Stream<DynamicTest> every_vector_shows_the_same_with_the_provider_that_is_installed()
            throws IOException {
        CryptoProvider.install();

        return tests(Es256.ofFirstProvider());
    }

    private static Stream<DynamicTest> tests(Es256 es256) throws IOException {
        VerificationKeys keys = VerificationKeys.parse(jwks(), es256);
        return vectors().stream()
                .map(vector ->
                        DynamicTest.dynamicTest(
                                vector.name(),
                                () ->
                                        assertEquals(
                                                vector.expect(),
                                                outcome(keys.verify(vector.token())))));
    }

    @Test
    void every_flaw_has_a_vector() throws IOException {
        List<String> shown = vectors().stream().map(Vector::expect).distinct().toList();

        for (TokenFlaw flaw : EnumSet.allOf(TokenFlaw.class)) {
            assertTrue(shown.contains(named(flaw)), flaw.text());
        }
    }

    private static String outcome(SignatureCheck check) {
        return switch (check) {
            case SignatureCheck.Signed _ -> SIGNED;
            case SignatureCheck.Invalid(var flaw) -> named(flaw);
        };
    }

    private static String named(TokenFlaw flaw) {
        return flaw.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Vector> vectors() throws IOException {
        return file().items("tokens").stream().map(Vector::of).toList();
    }

    private static String jwks() throws IOException {
        Json jwks = file().take("jwks");
        return jwks == null ? "" : jwks.text();
    }

    private static JsonFields file() throws IOException {
        return JsonFields.of(Json.parse(Files.readAllBytes(VECTORS), JsonLimits.DOCUMENT));
    }
}
