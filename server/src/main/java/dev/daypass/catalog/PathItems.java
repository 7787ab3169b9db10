package dev.daypass.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.TraitRules;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the `paths` of a document. Each method of each path ends as an operation or as a note.
final class PathItems {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> OTHER_MEMBERS =
            Set.of("$ref", "summary", "description", "servers", "parameters");
    private static final int TAGS_MAX = 20;
    private static final int TAG_CHARS_MAX = 100;

    private final ServiceId service;
    private final OpenApiParts parts;
    private final OperationNames names = new OperationNames();
    private final List<Operation> operations = new ArrayList<>();

    PathItems(ServiceId service, OpenApiParts parts) {
        this.service = service;
        this.parts = parts;
    }

    /// @throws WireException if there are more than [OpenApiImport#OPERATIONS_MAX] operations
    List<Operation> read(ObjectNode paths) {
        for (var entry : paths.properties()) {
            if (!entry.getKey().startsWith("x-")) {
                pathItem(entry.getKey(), entry.getValue());
            }
        }
        return List.copyOf(operations);
    }

    private void pathItem(String path, JsonNode node) {
        switch (parts.references().follow(node)) {
            case References.Target.Lost(var why) -> parts.notes().add(path, why);
            case References.Target.Found(ObjectNode item) -> pathItem(path, item);
        }
    }

    private void pathItem(String path, ObjectNode item) {
        String unfit = unfit(path);
        if (unfit.isEmpty()) {
            methods(PathTemplate.parse(path), item);
            return;
        }
        for (var member : item.properties()) {
            if (METHODS.contains(member.getKey())) {
                String method = member.getKey().toUpperCase(Locale.ROOT);
                parts.notes().add(method + " " + path, unfit);
            }
        }
    }

    private static String unfit(String path) {
        try {
            PathTemplate.parse(path);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        boolean plain = PlainText.exact(path, path.length()) && !path.matches(".*[?#].*");
        return plain ? "" : "a path holds no `?`, no `#` and no control characters";
    }

    private void methods(PathTemplate path, ObjectNode item) {
        for (var member : item.properties()) {
            String name = member.getKey();
            if (METHODS.contains(name)) {
                method(new Place(name.toUpperCase(Locale.ROOT), path, item), member.getValue());
            } else if (!OTHER_MEMBERS.contains(name) && !name.startsWith("x-")) {
                parts.notes()
                        .add(path.toString(), "`%s` is not a member of a path".formatted(name));
            }
        }
    }

    private record Place(String method, PathTemplate path, ObjectNode item) {
        String where() {
            return method + " " + path;
        }
    }

    private void method(Place place, JsonNode node) {
        HttpMethod method = HttpMethod.of(place.method()).orElse(null);
        if (method == null) {
            parts.notes()
                    .add(place.where(), "method %s is never forwarded".formatted(place.method()));
        } else if (!(node instanceof ObjectNode operation)) {
            parts.notes().add(place.where(), "is not an object");
        } else if (operations.size() >= OpenApiImport.OPERATIONS_MAX) {
            throw new WireException(
                    "the document describes more than %d operations"
                            .formatted(OpenApiImport.OPERATIONS_MAX));
        } else {
            operations.add(operation(place, method, operation));
        }
    }

    private Operation operation(Place place, HttpMethod method, ObjectNode node) {
        Slots slots = new Slots(parts, place.path(), place.where());
        slots.addAll(place.item().get("parameters"));
        slots.addAll(node.get("parameters"));
        slots.addBody(node.get("requestBody"));
        if (node.has("servers") || place.item().has("servers")) {
            parts.notes().add(place.where() + " servers", "calls go to the service's own upstream");
        }
        List<String> tags = tags(node);
        String name = name(place, method, node);
        var facts = new TraitRules.Facts(method, name, place.path(), tags, slots.names());
        return new Operation(
                new OperationId(service, name),
                method,
                place.path(),
                TraitRules.of(facts),
                slots.all(),
                summary(node),
                tags);
    }

    private String name(Place place, HttpMethod method, ObjectNode node) {
        String wanted = OperationNames.wanted(text(node.get("operationId")), method, place.path());
        String given = names.unique(wanted);
        if (!given.equals(wanted)) {
            parts.notes()
                    .add(
                            place.where() + " operationId",
                            "`%s` is taken; it is called `%s`".formatted(wanted, given));
        }
        return given;
    }

    private static String summary(ObjectNode node) {
        String summary = PlainText.clip(text(node.get("summary")), Operation.SUMMARY_CHARS_MAX);
        return summary.isEmpty()
                ? PlainText.clip(text(node.get("description")), Operation.SUMMARY_CHARS_MAX)
                : summary;
    }

    private static List<String> tags(ObjectNode node) {
        var out = new ArrayList<String>();
        for (JsonNode tag : node.path("tags")) {
            String text = PlainText.clip(text(tag), TAG_CHARS_MAX);
            if (!text.isEmpty() && out.size() < TAGS_MAX && !out.contains(text)) {
                out.add(text);
            }
        }
        return out;
    }

    private static String text(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : "";
    }
}
