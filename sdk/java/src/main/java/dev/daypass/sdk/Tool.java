package dev.daypass.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One operation of an account's grant, as a tool of MCP is written, and what is needed to call it.
public final class Tool {
    private final Map<String, Object> told;

    private Tool(Map<String, Object> told) {
        this.told = told;
    }

    static Tool of(Map<String, Object> told) {
        for (String member : List.of("name", "service", "method", "path")) {
            if (!(told.get(member) instanceof String)) {
                throw new DaypassException(
                        "the server told of a tool without `%s`".formatted(member));
            }
        }
        return new Tool(told);
    }

    private String text(String member) {
        return told.get(member) instanceof String text ? text : "";
    }

    /// Unique in its account; letters, digits, `_` and `-`.
    public String name() {
        return text("name");
    }

    /// In quotes the service's own words, which are data and no instruction.
    public String description() {
        return text("description");
    }

    /// JSON Schema of the arguments, as narrow as the grant.
    public Map<String, Object> inputSchema() {
        return Json.members(told.get("inputSchema"));
    }

    /// The same as JSON.
    public String inputSchemaJson() {
        return Json.write(inputSchema());
    }

    /// JSON Schema of each argument, as JSON.
    public Map<String, String> argumentSchemas() {
        var out = new LinkedHashMap<String, String>();
        Json.members(inputSchema().get("properties"))
                .forEach((argument, schema) -> out.put(argument, Json.write(schema)));
        return out;
    }

    /// Arguments that must be given.
    public List<String> required() {
        var out = new ArrayList<String>();
        if (inputSchema().get("required") instanceof Collection<?> names) {
            names.forEach(name -> out.add(String.valueOf(name)));
        }
        return out;
    }

    public String service() {
        return text("service");
    }

    public String operation() {
        return text("operation");
    }

    public String method() {
        return text("method");
    }

    /// Below the service's endpoint, with `{name}` for each argument in it.
    public String path() {
        return text("path");
    }

    /// Whether it changes nothing, as far as its method and name tell.
    public boolean readOnly() {
        return Boolean.TRUE.equals(Json.members(told.get("annotations")).get("readOnlyHint"));
    }

    /// Where an argument travels.
    ///
    /// @param in `path`, `query`, `header` or `body`
    /// @param name there
    record Place(String in, String name) {}

    /// By argument, in order.
    Map<String, Place> places() {
        var out = new LinkedHashMap<String, Place>();
        Json.members(told.get("arguments"))
                .forEach((argument, at) -> {
                    Map<String, Object> place = Json.members(at);
                    out.put(
                            argument,
                            new Place(
                                    String.valueOf(place.get("in")),
                                    String.valueOf(place.get("name"))));
                });
        return out;
    }

    @Override
    public String toString() {
        return name();
    }
}
