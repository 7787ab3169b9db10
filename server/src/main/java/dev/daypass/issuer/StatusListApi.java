package dev.daypass.issuer;

import dev.daypass.broker.StatusLists;
import dev.daypass.http.Body;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Where verifiers fetch status lists (Token Status List, section 8). Public, cacheable, readable
/// from any web page.
final class StatusListApi {
    private static final String TYPE = "application/" + StatusLists.TYPE;

    private final StatusLists lists;
    private final Executor waiting;

    StatusListApi(IssuerParts parts) {
        this.lists = parts.statusLists();
        this.waiting = parts.waiting();
    }

    List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.GET, "/oauth2/status", Endpoint.waiting(waiting, _ -> all())),
                Route.of(
                        HttpMethod.GET,
                        "/oauth2/status/{list}",
                        Endpoint.waiting(waiting, this::one)));
    }

    /// All lists, so that verifiers can fetch them ahead of time (section 9).
    private Response all() {
        Json.Obj body = Json.object().put("status_lists", Json.strings(lists.uris())).build();
        return published("application/json", body.text());
    }

    private Response one(Request request) {
        if (request.queryForm().get("time") != null) {
            // Section 8.4.
            return Problem.of(
                            "not-kept",
                            "Not kept",
                            501,
                            "what a status list said in the past is not kept")
                    .next("leave `time` out")
                    .toResponse();
        }
        String token = lists.token(request.variable("list"));
        return token == null
                ? Problem.notFound("no such status list").toResponse()
                : published(TYPE, token);
    }

    private static Response published(String type, String text) {
        return new Response(
                200,
                Map.of(
                        "content-type",
                        type,
                        "cache-control",
                        "public, max-age=" + StatusLists.TTL.toSeconds(),
                        "access-control-allow-origin",
                        "*"),
                Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
