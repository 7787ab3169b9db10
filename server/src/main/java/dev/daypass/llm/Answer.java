package dev.daypass.llm;

import dev.daypass.llm.ModelFailure.Kind;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a model says that a task needs, as it says it: nothing of it has been checked.
///
/// @param said best first, at most [#SAID_MAX]
record Answer(List<Said> said) {
    static final int SAID_MAX = 30;
    private static final int BOUNDS_MAX = 20;
    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8, 1 << 16);

    /// The same for every question: a provider works a schema out once, which takes it seconds.
    static final ResponseFormat FORMAT =
            ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(
                            JsonSchema.builder()
                                    .name("operations_of_a_task")
                                    .rootElement(schema())
                                    .build())
                    .build();

    Answer {
        said = List.copyOf(said);
    }

    /// @param operation what the task needs
    /// @param quote the words of the task for it
    /// @param bounds values for its parameters
    record Said(String operation, String quote, List<Bound> bounds) {
        Said {
            bounds = List.copyOf(bounds);
        }
    }

    /// @param parameter a slot, such as `query.from`
    /// @param value as on the wire
    record Bound(String parameter, String value) {}

    /// How long all that it says is.
    int chars() {
        int out = 0;
        for (Said one : said) {
            out += one.operation().length() + one.quote().length();
            for (Bound bound : one.bounds()) {
                out += bound.parameter().length() + bound.value().length();
            }
        }
        return out;
    }

    /// @throws ModelFailure if it is not the JSON that [#FORMAT] asks for
    static Answer parse(String text) {
        try {
            Json json = Json.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
            JsonFields fields = JsonFields.of(json);
            if (!fields.names().contains("operations")) {
                throw new WireException("`operations` is missing");
            }
            List<Said> said =
                    fields.items("operations").stream().limit(SAID_MAX).map(Answer::said).toList();
            fields.end();
            return new Answer(said);
        } catch (WireException _) {
            // The reason is left out: it may repeat what the model says.
            throw new ModelFailure(Kind.MALFORMED, "its answer is not what was asked for");
        }
    }

    private static Said said(Json json) {
        JsonFields fields = JsonFields.of(json);
        var said =
                new Said(
                        fields.string("operation"),
                        fields.string("quote"),
                        fields.items("constraints").stream()
                                .limit(BOUNDS_MAX)
                                .map(Answer::bound)
                                .toList());
        fields.end();
        return said;
    }

    private static Bound bound(Json json) {
        JsonFields fields = JsonFields.of(json);
        var bound = new Bound(fields.string("parameter"), fields.string("value"));
        fields.end();
        return bound;
    }

    private static JsonObjectSchema schema() {
        JsonObjectSchema bound =
                JsonObjectSchema.builder()
                        .addStringProperty("parameter", "a parameter's name as it is listed")
                        .addStringProperty("value", "its value as the task states it")
                        .required("parameter", "value")
                        .additionalProperties(false)
                        .build();
        JsonObjectSchema operation =
                JsonObjectSchema.builder()
                        .addStringProperty("operation", "an operation's name as it is listed")
                        .addStringProperty(
                                "quote", "the task's words that ask for it, letter by letter")
                        .addProperty("constraints", JsonArraySchema.builder().items(bound).build())
                        .required("operation", "quote", "constraints")
                        .additionalProperties(false)
                        .build();
        return JsonObjectSchema.builder()
                .addProperty("operations", JsonArraySchema.builder().items(operation).build())
                .required("operations")
                .additionalProperties(false)
                .build();
    }
}
