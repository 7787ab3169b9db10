package dev.daypass.http;

import dev.daypass.permission.HttpMethod;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole request to one of our own endpoints.
///
/// @param method HTTP method
/// @param path path as it arrived, without query
/// @param query query as it arrived, without `?`; empty for none
/// @param headers header fields
/// @param body body, at most as long as its route permits
/// @param peer who sent it
/// @param variables values of the route's path variables
public record Request(
        HttpMethod method,
        String path,
        String query,
        MultiMap headers,
        Body body,
        Peer peer,
        Map<String, String> variables) {
    /// The value of a path variable that the route is known to have.
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("route has no variable " + name);
        }
        return value;
    }

    /// The same head with a body.
    Request with(Body whole) {
        return new Request(method, path, query, headers, whole, peer, variables);
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /// The parameters of the query.
    ///
    /// @throws MalformedForm if one is given twice or malformed
    public Form queryForm() {
        return Form.parse(query);
    }
}
