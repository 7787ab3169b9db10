package dev.daypass.console;

import dev.daypass.broker.EdgeRegistry;
import dev.daypass.broker.Fleet;
import dev.daypass.broker.Registry;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.store.StoredEdge;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.util.ArrayList;
import java.util.List;

/// Edges in other processes, as operators register and watch them.
final class EdgeEndpoints {
    private final EdgeRegistry registry;
    private final Fleet fleet;

    EdgeEndpoints(ConsoleParts parts) {
        this.registry = parts.edges();
        this.fleet = parts.fleet();
    }

    Response list(Request request, String operator) {
        List<Fleet.Standing> members = fleet.members();
        var out = new ArrayList<Json>();
        registry.edges().forEach(edge -> out.add(told(edge, members)));
        members.stream().filter(Fleet.Standing::server).forEach(server -> out.add(told(server)));
        return Response.json(200, Json.array(out));
    }

    /// A server of the same database, this one included.
    private static Json told(Fleet.Standing server) {
        return Json.object()
                .put("name", server.member().life().edge())
                .put("server", true)
                .put("lives", Json.array(List.of(life(server))))
                .build();
    }

    private static Json told(StoredEdge edge, List<Fleet.Standing> members) {
        return Json.object()
                .put("name", edge.name())
                .put("enrolled", edge.thumbprint() != null)
                .put("services", Json.strings(edge.services()))
                .put("hosts", Json.strings(edge.hosts()))
                .put(
                        "lives",
                        Json.array(
                                members.stream()
                                        .filter(m -> m.member().life().edge().equals(edge.name()))
                                        .map(EdgeEndpoints::life)
                                        .toList()))
                .build();
    }

    private static Json life(Fleet.Standing standing) {
        return Json.object()
                .put("leaving", standing.member().leaving())
                .put("applied", standing.applied())
                .build();
    }

    Response add(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String name = fields.string("name");
        List<String> services = fields.strings("services");
        List<String> hosts = fields.strings("hosts");
        fields.end();
        return Response.json(
                201,
                Json.object()
                        .put("name", name)
                        .put("enrolment_token", registry.add(name, services, hosts).reveal())
                        .put("expires_in", Registry.ENROLMENT_LIFE.toSeconds())
                        .build());
    }

    Response remove(Request request, String operator) {
        String name = request.variable("name");
        return registry.remove(name)
                ? Response.json(200, Json.object().put("name", name).build())
                : Problem.notFound("no such edge").toResponse();
    }
}
