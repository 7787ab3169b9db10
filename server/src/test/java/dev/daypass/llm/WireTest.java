package dev.daypass.llm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.config.ModelProvider;
import dev.daypass.intent.Intent;
import dev.daypass.permission.Constraint;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The real clients against the wire formats of three providers.
class WireTest {
    @Test
    void every_provider_is_asked_and_understood_in_its_own_format() {
        for (ModelProvider provider : ModelProvider.values()) {
            try (var model = FakeModel.saying(Desk.HONEST)) {
                var desk = Desk.at(provider, model.url(provider));

                Intent intent = desk.parser().understand(Desk.TASK, Desk.REACH);

                assertEquals(
                        List.of("searchFlights", "bookFlight"),
                        Desk.names(intent),
                        provider.word());
                var search = requireNonNull(Desk.find(intent, Desk.SEARCH));
                assertEquals("Find a flight to Lisbon", Desk.TASK.words(search.because()));
                assertEquals(
                        Map.of(
                                "query.to", new Constraint.OneOf(List.of("LIS")),
                                "query.day", new Constraint.OneOf(List.of("2026-12-01"))),
                        search.constraints());
                assertEquals(1, intent.confidence());
                assertEquals(1_000, desk.tokens.get(), provider.word());
                assertEquals(Map.of("answered", 1), desk.counted);
            }
        }
    }

    @Test
    void openai_is_asked_for_strict_json_at_temperature_zero() {
        FakeModel.Asked asked = asked(ModelProvider.OPENAI);

        assertEquals("/v1/chat/completions", asked.path());
        assertEquals("Bearer " + Desk.KEY, asked.headers().get("authorization"));
        JsonFields body = asked.fields();
        assertEquals("a-model", body.string("model"));
        assertZero(body.take("temperature"));
        JsonFields format = requireNonNull(body.objectOrNull("response_format"));
        assertEquals("json_schema", format.string("type"));
        JsonFields schema = requireNonNull(format.objectOrNull("json_schema"));
        assertTrue(schema.booleanOr("strict", false));
        assertSchema(requireNonNull(schema.take("schema")));
    }

    @Test
    void anthropic_is_asked_for_a_schema_at_temperature_zero() {
        FakeModel.Asked asked = asked(ModelProvider.ANTHROPIC);

        assertEquals("/v1/messages", asked.path());
        assertEquals(Desk.KEY, asked.headers().get("x-api-key"));
        assertFalse(asked.headers().getOrDefault("anthropic-version", "").isEmpty());
        JsonFields body = asked.fields();
        assertZero(body.take("temperature"));
        JsonFields output = requireNonNull(body.objectOrNull("output_config"), asked.text());
        JsonFields format = requireNonNull(output.objectOrNull("format"));
        assertEquals("json_schema", format.string("type"));
        assertSchema(requireNonNull(format.take("schema")));
    }

    @Test
    void ollama_is_asked_for_a_schema_at_temperature_zero() {
        FakeModel.Asked asked = asked(ModelProvider.OLLAMA);

        assertEquals("/api/chat", asked.path());
        JsonFields body = asked.fields();
        assertFalse(body.booleanOr("stream", true));
        assertZero(requireNonNull(body.objectOrNull("options")).take("temperature"));
        assertSchema(requireNonNull(body.take("format")));
    }

    private static FakeModel.Asked asked(ModelProvider provider) {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            Desk.at(provider, model.url(provider)).parser().understand(Desk.TASK, Desk.REACH);
            assertEquals(1, model.asked().size());
            return model.asked().getFirst();
        }
    }

    private static void assertZero(@org.jspecify.annotations.Nullable Json number) {
        assertEquals(Json.of(0), number);
    }

    private static void assertSchema(Json schema) {
        String text = schema.text();
        for (String name : List.of("operations", "operation", "quote", "constraints", "value")) {
            assertTrue(text.contains("\"" + name + "\""), text);
        }
        assertTrue(text.contains("\"required\":[\"operations\"]"), text);
    }
}
