package dev.daypass.feed;

import dev.daypass.catalog.CatalogJson;
import dev.daypass.identity.ServiceId;
import dev.daypass.mcp.Pins;
import dev.daypass.permission.Surface;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service on its way to an edge in another process, with its credential sealed to that edge.
public final class RouteJson {
    private RouteJson() {}

    /// What an edge gets.
    ///
    /// @param route the service
    /// @param sealed its credential, or `null` where it has none
    /// @param withheld whether it has one that this edge cannot have
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Handed(ServiceRoute route, byte @Nullable [] sealed, boolean withheld) {}

    public static Json write(Handed handed) {
        ServiceRoute route = handed.route();
        byte[] sealed = handed.sealed();
        Pins pins = route.pins();
        return Json.object()
                .put("name", route.id().value())
                .put("upstream", route.upstream().toString())
                .put("catalog", CatalogJson.write(route.surface().operations()))
                .put("pins", pins == null ? null : pins(pins))
                .put("accept_unbound", route.acceptUnbound())
                .put("credential", sealed == null ? null : Base64Url.encode(sealed))
                .put("withheld", handed.withheld())
                .build();
    }

    private static Json pins(Pins pins) {
        var headers = Json.object();
        pins.headers().forEach((tool, of) -> headers.put(tool, texts(of)));
        return Json.object()
                .put("accepted", texts(pins.accepted()))
                .put("changed", texts(pins.changed()))
                .put("headers", headers.build())
                .build();
    }

    private static Json.Obj texts(Map<String, String> of) {
        JsonObjectBuilder out = Json.object();
        of.forEach(out::put);
        return out.build();
    }

    /// @throws dev.daypass.wire.WireException if it is not what [#write] writes
    public static Handed read(Json json) {
        JsonFields fields = JsonFields.of(json);
        Json catalog = fields.take("catalog");
        Json pins = fields.take("pins");
        String sealed = fields.stringOrNull("credential");
        return new Handed(
                new ServiceRoute(
                        new ServiceId(fields.string("name")),
                        URI.create(fields.string("upstream")),
                        Surface.of(
                                CatalogJson.read(
                                        catalog == null ? Json.object().build() : catalog)),
                        pins == null ? null : pinsOf(JsonFields.of(pins)),
                        fields.booleanOr("accept_unbound", false)),
                sealed == null ? null : Base64Url.decode(sealed),
                fields.booleanOr("withheld", false));
    }

    private static Pins pinsOf(JsonFields fields) {
        var headers = new HashMap<String, Map<String, String>>();
        if (fields.take("headers") instanceof Json.Obj(var tools)) {
            tools.forEach((tool, of) -> headers.put(tool, textsOf(of)));
        }
        return new Pins(textsOf(fields.take("accepted")), textsOf(fields.take("changed")), headers);
    }

    private static Map<String, String> textsOf(@Nullable Json json) {
        var out = new HashMap<String, String>();
        if (json instanceof Json.Obj object) {
            JsonFields fields = JsonFields.of(object);
            object.members().keySet().forEach(name -> out.put(name, fields.string(name)));
        }
        return out;
    }
}
