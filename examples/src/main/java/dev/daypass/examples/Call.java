package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/// A request to one operation, its body read.
///
/// @param path values of the path's variables
/// @param query first value of each query parameter
/// @param contentType media type without parameters, lower case; empty where there is none
/// @param body whole
record Call(Map<String, String> path, Map<String, String> query, String contentType, Buffer body) {
    static final int MAX_DEFAULT = 10;

    /// A variable of the path; it is there because the route matched.
    String variable(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }

    String queryOr(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    /// @throws WireException if it is missing
    String required(String name) {
        String value = query.get(name);
        if (value == null || value.isBlank()) {
            throw new WireException("query parameter `%s` is missing".formatted(name));
        }
        return value;
    }

    /// How many results the caller wants, 1 to `limit`.
    ///
    /// @throws WireException if `max` is anything else
    int max(int limit) {
        String text = queryOr("max", String.valueOf(Math.min(MAX_DEFAULT, limit)));
        if (text.matches("\\d{1,4}")) {
            int max = Integer.parseInt(text);
            if (max >= 1 && max <= limit) {
                return max;
            }
        }
        throw new WireException(
                "query parameter `max` is `%s`; expected a whole number from 1 to %d"
                        .formatted(text, limit));
    }

    /// @throws WireException if it is there but not a date
    LocalDate dateOr(String name, LocalDate otherwise) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            if (text.matches("20\\d\\d-\\d\\d-\\d\\d")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException _) {
            // reported below
        }
        throw new WireException(
                "query parameter `%s` is `%s`; expected a date such as 2026-12-01"
                        .formatted(name, text));
    }

    /// @throws WireException if the body is not one JSON object
    JsonFields json() {
        if (!contentType.equals("application/json")) {
            throw new WireException(
                    "content type is `%s`; expected application/json".formatted(contentType));
        }
        return JsonFields.of(Json.parse(body.getBytes(), JsonLimits.DEFAULT));
    }
}
