package dev.daypass.issuer;

import dev.daypass.broker.UserEvents;
import dev.daypass.broker.UserEvents.Taking;
import dev.daypass.http.Body;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Where identity providers push events of their users (RFC 8935, section 2). Who signed the event
/// is who sent it: nothing else of the request is believed.
final class EventApi {
    private static final String TYPE = "application/secevent+jwt";
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final UserEvents events;
    private final Executor waiting;

    EventApi(IssuerParts parts) {
        this.events = parts.userEvents();
        this.waiting = parts.waiting();
    }

    List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.POST, "/v1/events", Endpoint.waiting(waiting, this::take))
                        .withBodyUpTo(BODY_BYTES_MAX));
    }

    private Response take(Request request) {
        if (!TYPE.equalsIgnoreCase(String.valueOf(request.header("content-type")).strip())) {
            return refused("invalid_request", "expected the content type " + TYPE);
        }
        return switch (events.take(request.body().text())) {
            case Taking.Taken _ -> new Response(202, Map.of(), Body.of(new byte[0]));
            case Taking.Refused(var error, var why) -> refused(error, why);
            case Taking.NotNow(var why) -> Problem.unavailable(why).toResponse();
        };
    }

    /// RFC 8935, section 2.3.
    private static Response refused(String error, String why) {
        return Response.json(400, Json.object().put("err", error).put("description", why).build());
    }
}
