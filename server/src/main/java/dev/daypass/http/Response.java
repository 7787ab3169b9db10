package dev.daypass.http;

import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole answer.
///
/// @param status HTTP status
/// @param headers header fields, one value each
/// @param body body
/// @param events what is told after the head instead of a body; `null` for an answer that is whole
/// @param talk what is said over a WebSocket instead of an answer; `null` for an answer
public record Response(
        int status,
        Map<String, String> headers,
        Body body,
        @Nullable Events events,
        @Nullable Talk talk) {
    private static final String CONTENT_TYPE = "content-type";

    public Response {
        headers = Map.copyOf(headers);
    }

    public Response(int status, Map<String, String> headers, Body body) {
        this(status, headers, body, null, null);
    }

    /// An answer that goes on for as long as there is something to tell.
    ///
    /// @param events `null` to answer with the head alone
    public static Response events(@Nullable Events events) {
        return new Response(
                200,
                Map.of(
                        CONTENT_TYPE,
                        "text/event-stream",
                        "cache-control",
                        "no-store",
                        "x-accel-buffering",
                        "no"),
                Body.EMPTY,
                events,
                null);
    }

    /// A WebSocket, where one was asked for; who asks for anything else is told to.
    public static Response talk(Talk talk) {
        return Problem.of(
                        "upgrade-required",
                        "A WebSocket is needed",
                        426,
                        "this is said over a websocket, version 13")
                .header("sec-websocket-version", "13")
                .toResponse()
                .with(talk);
    }

    private Response with(Talk other) {
        return new Response(status, headers, body, events, other);
    }

    /// JSON that no cache may keep: almost everything we answer is about one caller.
    public static Response json(int status, Json body) {
        return new Response(
                status,
                Map.of(CONTENT_TYPE, "application/json", "cache-control", "no-store"),
                Body.of(body.bytes()));
    }

    public static Response text(int status, String type, String body) {
        return new Response(
                status, Map.of(CONTENT_TYPE, type), Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static Response empty(int status) {
        return new Response(status, Map.of("cache-control", "no-store"), Body.of(new byte[0]));
    }

    public Response with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body, events, talk);
    }
}
