package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The call of a tool as a client makes it, in the most obvious way.
final class ToolCalls {
    private ToolCalls() {}

    record Made(CanonicalRequest request, RequestBody body) {}

    /// The call; `null` where it cannot be written so that all servers read it alike.
    static @Nullable Made of(GrantedTool tool, Json.Obj arguments) {
        String path = tool.operation().path().toString();
        var query = new ArrayList<String>();
        var fields = new ArrayList<Map.Entry<String, String>>();
        var body = Json.object();
        for (Map.Entry<String, Json> given : arguments.members().entrySet()) {
            GrantedTool.Argument at = tool.arguments().get(given.getKey());
            Json value = given.getValue();
            switch (java.util.Objects.requireNonNull(at).place()) {
                case PATH -> path = path.replace("{" + at.name() + "}", encoded(text(value)));
                case QUERY -> {
                    List<Json> values =
                            value instanceof Json.Arr(var items) ? items : List.of(value);
                    values.forEach(one -> query.add(encoded(at.name()) + "=" + encoded(text(one))));
                }
                case HEADER -> fields.add(Map.entry(at.name(), text(value)));
                case BODY -> body.put(at.name(), value);
            }
        }
        String target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        try {
            return new Made(
                    CanonicalRequest.parse(tool.operation().method(), target).with(fields),
                    RequestBody.parse(body.build().bytes()));
        } catch (AmbiguousRequest _) {
            return null;
        }
    }

    private static String text(Json value) {
        return value instanceof Json.Str(var text) ? text : value.text();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
