package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a lenient service finds in a body that is covered.
class BodyCoverageFuzzTest {
    private static final Permission PAY =
            new Permission(
                    new OperationId(new ServiceId("shop"), "pay"),
                    HttpMethod.POST,
                    PathTemplate.parse("/payments"),
                    Map.of(
                            "body.to",
                            new Constraint.OneOf(List.of("ana", "7")),
                            "body.amount",
                            Constraint.atMost("500")),
                    List.of());

    private static final List<String> BODIES =
            List.of(
                    "{\"to\":\"ana\",\"amount\":12.5}",
                    "{\"to\":[\"ana\",7],\"amount\":\"499.90\",\"x\":{\"to\":\"eve\"}}",
                    "{\"amount\":0,\"x\":[1.0,null],\"to\":7}");

    @FuzzTest
    void a_covered_body_holds_nothing_but_what_is_permitted_however_leniently_it_is_read(
            byte[] input) {
        if (covered(input)) {
            assertEquals(Set.of("to", "amount"), found(input));
        }
    }

    private static boolean covered(byte[] input) {
        return switch (Coverage.of(
                PAY,
                CanonicalRequest.parse(HttpMethod.POST, "/payments"),
                RequestBody.parse(input))) {
            case Coverage.Covered _ -> true;
            case Coverage.NotCovered(var why) -> {
                assertFalse(why.isEmpty());
                yield false;
            }
            case Coverage.NeedsBody _, Coverage.OtherPath _ -> throw new AssertionError("read");
        };
    }

    @Test
    void a_damaged_body_that_is_covered_holds_nothing_but_what_is_permitted() {
        var covered = new AtomicInteger();
        Check.forAll(
                20_000,
                random -> {
                    byte[] damaged =
                            Gen.mutated(
                                    random,
                                    Gen.pick(random, BODIES),
                                    "{}[]\":,0123456789.eE+-toanmuTOA_\\u06f ");
                    a_covered_body_holds_nothing_but_what_is_permitted_however_leniently_it_is_read(
                            damaged);
                    covered.addAndGet(covered(damaged) ? 1 : 0);
                });
        assertTrue(covered.get() > 0 || System.getProperty("seed", "").length() > 0);
    }

    // A service that takes whichever of several members it likes, whatever their case.
    private static Set<String> found(byte[] input) {
        var out = new java.util.HashSet<String>();
        try (JsonParser parser = new JsonFactory().createParser(input)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName().toLowerCase(java.util.Locale.ROOT);
                parser.nextToken();
                if (name.equals("to") || name.equals("amount")) {
                    out.add(name);
                    value(name, parser);
                } else {
                    parser.skipChildren();
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void value(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                scalar(name, parser.getText());
            }
        } else {
            scalar(name, parser.getText());
        }
    }

    private static void scalar(String name, String text) {
        if (name.equals("to")) {
            assertTrue(Set.of("ana", "7").contains(text), text);
        } else {
            BigDecimal amount = new BigDecimal(text);
            assertTrue(amount.signum() >= 0 && amount.doubleValue() <= 500, text);
        }
    }
}
