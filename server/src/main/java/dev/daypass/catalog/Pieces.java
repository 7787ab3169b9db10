package dev.daypass.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.parser.util.OpenAPIDeserializer;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// The parser of OpenAPI, applied to one object of a document at a time: it would give a whole
/// document up for one malformed part, read the responses that nobody asks for, and open the files
/// and addresses that references name. Each object is read once, however often it is referred to.
final class Pieces {
    // The parser checks references of what is under `paths`; ours are followed elsewhere.
    private static final String LOCATION = "document";

    private final OpenAPIDeserializer parser = new OpenAPIDeserializer();
    private final boolean openapi31;
    private final IdentityHashMap<JsonNode, Schema<?>> schemas = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Parameter> parameters = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, RequestBody> bodies = new IdentityHashMap<>();

    Pieces(boolean openapi31) {
        this.openapi31 = openapi31;
    }

    /// The parameter that `node` describes; `null` if the parser cannot make one of it.
    @Nullable Parameter parameter(ObjectNode node) {
        return once(parameters, node, () -> parser.getParameter(node, LOCATION, result()));
    }

    /// As [#parameter(ObjectNode)], a request's body.
    @Nullable RequestBody body(ObjectNode node) {
        return once(bodies, node, () -> parser.getRequestBody(node, LOCATION, result()));
    }

    /// As [#parameter(ObjectNode)], a schema.
    @Nullable Schema<?> schema(ObjectNode node) {
        return once(schemas, node, () -> parser.getSchema(node, LOCATION, result()));
    }

    private OpenAPIDeserializer.ParseResult result() {
        return new OpenAPIDeserializer.ParseResult().openapi31(openapi31);
    }

    private interface Reading<T> {
        @Nullable T read();
    }

    private static <T> @Nullable T once(
            IdentityHashMap<JsonNode, T> read, JsonNode node, Reading<T> reading) {
        T known = read.get(node);
        if (known != null) {
            return known;
        }
        T fresh = guarded(reading);
        if (fresh != null) {
            read.put(node, fresh);
        }
        return fresh;
    }

    // It casts without asking: a list where a mapping belongs ends in a ClassCastException.
    private static <T> @Nullable T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (RuntimeException _) {
            return null;
        }
    }
}
