package dev.daypass.console;

import dev.daypass.broker.Tools;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.ToolChange;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.util.List;

/// The tools of MCP servers, as operators look at them and accept them.
final class ToolEndpoints {
    private static final TenantId TENANT = TenantId.DEFAULT;

    private final Tools tools;

    ToolEndpoints(ConsoleParts parts) {
        this.tools = parts.registry().tools();
    }

    Response list(Request request, String operator) {
        var service = new ServiceId(request.variable("name"));
        List<Tools.Tool> all = tools.of(TENANT, service);
        return all == null
                ? Problem.notFound("no MCP server `%s`".formatted(service)).toResponse()
                : Response.json(
                        200,
                        Json.object()
                                .put("service", service.value())
                                .put(
                                        "tools",
                                        Json.array(all.stream().map(ToolEndpoints::told).toList()))
                                .build());
    }

    private static Json told(Tools.Tool tool) {
        ToolChange change = tool.change();
        return Json.object()
                .put("tool", tool.name())
                .put("hash", tool.accepted())
                .put("changed", change == null ? null : told(change))
                .build();
    }

    private static Json told(ToolChange change) {
        String definition = change.definition();
        return Json.object()
                .put("hash", change.hash())
                .put("seen_at", change.at().toString())
                .put("definition", definition == null ? null : Json.parse(definition))
                .build();
    }

    Response accept(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        var service = new ServiceId(request.variable("name"));
        String tool = fields.string("tool");
        String hash = fields.string("hash");
        fields.end();
        return switch (tools.accept(TENANT, service, tool, hash, operator)) {
            case Tools.Accepted.Done(var accepted) ->
                    Response.json(
                            200,
                            Json.object()
                                    .put("service", service.value())
                                    .put("tool", tool)
                                    .put("hash", accepted)
                                    .build());
            case Tools.Accepted.Missing(var what) -> Problem.notFound(what).toResponse();
            case Tools.Accepted.Refused(var why) ->
                    Problem.of("conflict", "Not in the state for this", 409, why)
                            .next(
                                    "look at the tool again: GET /v1/services/%s/tools"
                                            .formatted(service))
                            .toResponse();
        };
    }
}
