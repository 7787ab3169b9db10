package dev.daypass.examples;

import dev.daypass.wire.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an operation says, whole.
///
/// @param status HTTP status
/// @param headers without Content-Length, which is the body's
/// @param body empty where there is none
record Answer(int status, Map<String, String> headers, Buffer body) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, Json body) {
        return of(status, "application/json", Buffer.buffer(body.bytes()));
    }

    static Answer of(int status, String contentType, Buffer body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    static Answer noContent() {
        return new Answer(204, Map.of(), Buffer.buffer());
    }

    /// A problem document (RFC 9457).
    static Answer problem(int status, String title, String detail) {
        Json body =
                Json.object()
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .build();
        return of(status, "application/problem+json", Buffer.buffer(body.bytes()));
    }

    static Answer notFound(String kind, String id) {
        return problem(404, "Not found", "no %s `%s`".formatted(kind, id));
    }

    Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    void send(HttpServerResponse response) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (status == 204) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
