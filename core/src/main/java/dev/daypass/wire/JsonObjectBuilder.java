package dev.daypass.wire;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Builds a JSON object member by member, in order. A `null` value leaves the member out.
public final class JsonObjectBuilder {
    private final LinkedHashMap<String, Json> members = new LinkedHashMap<>();

    JsonObjectBuilder() {}

    public JsonObjectBuilder put(String name, @Nullable Json value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    public JsonObjectBuilder put(String name, @Nullable String value) {
        return put(name, value == null ? null : Json.of(value));
    }

    public JsonObjectBuilder put(String name, long value) {
        return put(name, Json.of(value));
    }

    public JsonObjectBuilder put(String name, boolean value) {
        return put(name, Json.of(value));
    }

    public Json.Obj build() {
        return new Json.Obj(members);
    }
}
