package dev.daypass.http;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A problem document (RFC 9457) that says which step refused, why, and what to do next.
///
/// @param kind the last part of the `type` URI, such as `not-permitted`
/// @param title what kind of problem, in words
/// @param status HTTP status
/// @param step the step of the opening or calling line that refused; empty outside them
/// @param detail what was wrong with this request
/// @param next what the caller can do; empty for nothing
/// @param headers further header fields of the answer
/// @param extra further members
public record Problem(
        String kind,
        String title,
        int status,
        String step,
        String detail,
        String next,
        Map<String, String> headers,
        Map<String, Json> extra) {
    public static final String TYPE_PREFIX = "https://daypass.dev/problems/";

    public Problem {
        headers = Map.copyOf(headers);
        extra = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    public static Problem of(String kind, String title, int status, String detail) {
        return new Problem(kind, title, status, "", detail, "", Map.of(), Map.of());
    }

    public Problem at(String step) {
        return new Problem(kind, title, status, step, detail, next, headers, extra);
    }

    public Problem next(String what) {
        return new Problem(kind, title, status, step, detail, what, headers, extra);
    }

    public Problem header(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(kind, title, status, step, detail, next, all, extra);
    }

    public Problem member(String name, Json value) {
        var all = new LinkedHashMap<>(extra);
        all.put(name, value);
        return new Problem(kind, title, status, step, detail, next, headers, all);
    }

    public static Problem malformed(String detail) {
        return of("malformed-request", "Malformed request", 400, detail)
                .next("correct what `detail` names and send it again");
    }

    public static Problem notFound(String detail) {
        return of("not-found", "Not found", 404, detail);
    }

    public static Problem unavailable(String detail) {
        return of("unavailable", "Not available now", 503, detail)
                .next("try again in a moment")
                .header("retry-after", "1");
    }

    /// An error of ours: the caller learns only where to look for it in the log.
    public static Problem internal(String incident) {
        return of(
                        "internal-error",
                        "Internal error",
                        500,
                        "something went wrong here, incident " + incident)
                .next("tell the operator the incident number");
    }

    public Response toResponse() {
        JsonObjectBuilder body =
                Json.object()
                        .put("type", TYPE_PREFIX + kind)
                        .put("title", title)
                        .put("status", status)
                        .put("step", step.isEmpty() ? null : step)
                        .put("detail", detail)
                        .put("next", next.isEmpty() ? null : next);
        extra.forEach(body::put);
        var all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/problem+json");
        all.put("cache-control", "no-store");
        return new Response(status, all, Body.of(body.build().bytes()));
    }
}
