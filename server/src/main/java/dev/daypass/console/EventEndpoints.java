package dev.daypass.console;

import dev.daypass.events.EventStreams;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.store.StoredDelivery;
import dev.daypass.store.StoredStream;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;

/// Receivers of events, as operators register and watch them.
final class EventEndpoints {
    private final EventStreams streams;

    EventEndpoints(ConsoleParts parts) {
        this.streams = parts.events();
    }

    Response list(Request request, String operator) {
        return Response.json(200, Json.array(streams.streams().stream().map(this::told).toList()));
    }

    private Json told(StoredStream stream) {
        return Json.object()
                .put("id", stream.id())
                .put("endpoint", stream.endpoint())
                .put("audience", stream.audience())
                .put("authorization", stream.credential() != null)
                .put("waiting", streams.waiting(stream.id()))
                .build();
    }

    Response add(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String endpoint = fields.string("endpoint");
        String audience = fields.stringOrNull("audience");
        String authorization = fields.stringOrNull("authorization");
        fields.end();
        StoredStream added =
                streams.add(
                        endpoint,
                        audience == null ? "" : audience,
                        authorization == null ? null : Secret.of(authorization),
                        operator);
        return Response.json(201, told(added));
    }

    Response remove(Request request, String operator) {
        String id = request.variable("id");
        return streams.remove(id, operator)
                ? Response.json(200, Json.object().put("id", id).build())
                : noSuchStream();
    }

    private static Response noSuchStream() {
        return Problem.notFound("no such receiver of events").toResponse();
    }

    Response verify(Request request, String operator) {
        EventStreams.Verification verified = streams.verify(request.variable("id"));
        return verified == null
                ? noSuchStream()
                : Response.json(
                        200,
                        Json.object()
                                .put("taken", verified.taken())
                                .put("state", verified.state())
                                .put("why", verified.why().isEmpty() ? null : verified.why())
                                .build());
    }

    Response dead(Request request, String operator) {
        return Response.json(
                200, Json.array(streams.dead().stream().map(EventEndpoints::dead).toList()));
    }

    private static Json dead(StoredDelivery delivery) {
        return Json.object()
                .put("stream", delivery.stream())
                .put("fact", delivery.fact())
                .put("tries", delivery.tries())
                .put("why", delivery.problem())
                .build();
    }

    Response retry(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String stream = fields.stringOrNull("stream");
        fields.end();
        return Response.json(200, Json.object().put("retried", streams.retry(stream)).build());
    }
}
