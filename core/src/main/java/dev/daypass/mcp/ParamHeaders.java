package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The arguments of a tool that its clients repeat in header fields, as its input schema says with
/// `x-mcp-header` (revision 2026-07-28, Streamable HTTP, Custom Headers from Tool Parameters).
public final class ParamHeaders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final int DEPTH_MAX = 8;

    private ParamHeaders() {}

    /// @param definition of the tool
    /// @return the path to an argument, steps joined by `/`, by the name of its field in small
    ///   letters
    public static Map<String, String> of(Json.Obj definition) {
        var out = new HashMap<String, String>();
        collect(definition.members().get("inputSchema"), "", 0, out);
        return Map.copyOf(out);
    }

    private static void collect(
            @org.jspecify.annotations.Nullable Json schema,
            String path,
            int depth,
            Map<String, String> out) {
        if (depth > DEPTH_MAX
                || !(schema instanceof Json.Obj(var members))
                || !(members.get("properties") instanceof Json.Obj(var properties))) {
            return;
        }
        properties.forEach((name, property) -> {
            if (name.indexOf('/') >= 0) {
                return;
            }
            String here = path.isEmpty() ? name : path + "/" + name;
            if (property instanceof Json.Obj(var parts)
                    && parts.get("x-mcp-header") instanceof Json.Str(var field)
                    && NAME.matcher(field).matches()) {
                out.put(field.toLowerCase(Locale.ROOT), here);
            }
            collect(property, here, depth + 1, out);
        });
    }
}
