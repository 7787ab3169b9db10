package dev.daypass.cli.command;

import dev.daypass.catalog.Fetch;
import dev.daypass.catalog.McpDiscovery;
import dev.daypass.catalog.PublicAddress;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// What an MCP server offers, as it says itself, or as a file says.
final class McpOffer {
    private McpOffer() {}

    /// @param where a server's address, or a file that holds its lists
    /// @param credential as the operator API takes it
    /// @param client methods that the server may ask of its clients
    /// @throws CommandFailure saying why there is none
    static Json of(String where, Json.Obj credential, boolean allowPrivate, List<String> client) {
        try {
            return remote(where)
                    ? McpDiscovery.over(endpoint(where, allowPrivate), fields(credential), client)
                    : with(
                            Json.parse(
                                    Fetch.allowingPrivateAddresses().load(where),
                                    JsonLimits.DOCUMENT),
                            client);
        } catch (WireException e) {
            throw new CommandFailure("`%s`: %s".formatted(Urls.withoutUser(where), e.getMessage()));
        }
    }

    static boolean remote(String where) {
        return where.startsWith("https://") || where.startsWith("http://");
    }

    private static URI endpoint(String where, boolean allowPrivate) {
        URI endpoint = Urls.parse(where);
        try {
            for (InetAddress address : InetAddress.getAllByName(endpoint.getHost())) {
                if (!allowPrivate && !PublicAddress.is(address)) {
                    throw new WireException(
                            "at %s, which is not a public address; allow private addresses with --allow-private"
                                    .formatted(address.getHostAddress()));
                }
            }
        } catch (UnknownHostException _) {
            throw new WireException("no such host");
        }
        return endpoint;
    }

    /// The fields that let us in now, where a credential is sent as it is.
    private static Map<String, String> fields(Json.Obj credential) {
        String value = text(credential, "value");
        return switch (text(credential, "kind")) {
            case "none" -> Map.of();
            case "bearer" -> Map.of("authorization", "Bearer " + value);
            case "basic" ->
                    Map.of(
                            "authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    (text(credential, "user") + ":" + value)
                                                            .getBytes(StandardCharsets.UTF_8)));
            case "header" -> Map.of(text(credential, "name"), value);
            case "cookie" -> Map.of("cookie", text(credential, "name") + "=" + value);
            default ->
                    throw new WireException(
                            "a server with this kind of credential cannot be asked from here; give a file with its lists, and --upstream");
        };
    }

    /// The methods that a server may ask of its clients.
    private static Json with(Json offer, List<String> client) {
        if (client.isEmpty()) {
            return offer;
        }
        if (!(offer instanceof Json.Obj(var members))) {
            throw new CommandFailure("what the server offers is not an object");
        }
        var out = Json.object();
        members.forEach(out::put);
        return out.put("client", Json.strings(client)).build();
    }

    private static String text(Json.Obj of, String name) {
        return of.members().get(name) instanceof Json.Str(var text) ? text : "";
    }
}
