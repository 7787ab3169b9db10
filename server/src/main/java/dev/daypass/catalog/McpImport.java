package dev.daypass.catalog;

import dev.daypass.identity.ServiceId;
import dev.daypass.mcp.Offer;
import dev.daypass.mcp.Pins;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what an MCP server offers into operations: its tools; one operation for all its resources,
/// with their addresses as choices; one for all its prompts, with their names; and what it may ask
/// of its clients, where the operator permits that.
public final class McpImport {
    private McpImport() {}

    /// What an import yields.
    ///
    /// @param operations tools first
    /// @param skipped what was left out
    /// @param pins the hash of each tool's definition
    /// @param title the server's own name; empty where it says none
    public record Imported(
            List<Operation> operations,
            List<OpenApiImport.Skipped> skipped,
            Map<String, String> pins,
            String title) {
        public Imported {
            operations = List.copyOf(operations);
            skipped = List.copyOf(skipped);
            pins = Map.copyOf(pins);
        }
    }

    /// @param service the service
    /// @param offer an object with any of the lists `tools`, `resources`, `resourceTemplates` and
    ///   `prompts` as the server answers them, `serverInfo`, and `client`: the methods that the
    ///   server may ask of its client
    /// @throws WireException if it offers nothing
    public static Imported read(ServiceId service, Json offer) {
        var operations = new ArrayList<Operation>();
        var skipped = new ArrayList<OpenApiImport.Skipped>();
        if (!items(offer, "tools").isEmpty()) {
            ToolsImport.Imported tools =
                    ToolsImport.read(service, ToolsImport.member(offer, "tools"));
            operations.addAll(tools.operations());
            skipped.addAll(tools.skipped());
        }
        Map<String, String> pins = pins(offer, operations, skipped);
        boolean resources =
                !items(offer, "resources").isEmpty()
                        || !items(offer, "resourceTemplates").isEmpty();
        if (resources) {
            operations.add(reading(service, offer));
        }
        if (!items(offer, "prompts").isEmpty()) {
            operations.add(prompting(service, offer));
        }
        items(offer, "client").forEach(method -> operations.add(ofClient(service, method)));
        unambiguous(operations, skipped);
        if (operations.isEmpty()) {
            throw new WireException(
                    "the server offers no tools, resources or prompts; there is nothing to register");
        }
        String title = ToolsImport.text(ToolsImport.member(offer, "serverInfo"), "name");
        return new Imported(
                operations, skipped, pins, PlainText.clip(title, Slots.DESCRIPTION_CHARS_MAX));
    }

    /// Takes out of the operations the tools of which no hash can be made.
    private static Map<String, String> pins(
            Json offer, List<Operation> operations, List<OpenApiImport.Skipped> skipped) {
        var imported = new HashSet<String>();
        operations.forEach(operation -> imported.add(operation.name()));
        var pins = new HashMap<String, String>();
        for (Json tool : items(offer, "tools")) {
            String name = ToolsImport.text(tool, "name");
            if (!imported.contains(name) || !(tool instanceof Json.Obj definition)) {
                continue;
            }
            try {
                pins.put(name, Pins.hash(definition));
            } catch (WireException e) {
                skipped.add(
                        new OpenApiImport.Skipped(
                                "tools " + PlainText.clip(name, 80),
                                "its definition cannot be pinned: " + e.getMessage()));
            }
        }
        operations.removeIf(operation -> !pins.containsKey(operation.name()));
        return pins;
    }

    // A tool may have the name that stands for all resources; then only the tool is left out.
    private static void unambiguous(
            List<Operation> operations, List<OpenApiImport.Skipped> skipped) {
        Set<String> taken = new HashSet<>();
        operations.stream().filter(o -> !o.tool()).forEach(o -> taken.add(o.name()));
        operations.removeIf(operation -> {
            boolean clash = operation.tool() && taken.contains(operation.name());
            if (clash) {
                skipped.add(
                        new OpenApiImport.Skipped(
                                "tools " + operation.name(), "its name is one of the protocol's"));
            }
            return clash;
        });
    }

    private static Operation reading(ServiceId service, Json offer) {
        return new Operation(
                new OperationId(service, Offer.READ),
                HttpMethod.GET,
                PathTemplate.parse(Offer.READ_PATH),
                Set.of(Trait.READ),
                List.of(named(Offer.URI, items(offer, "resources"))),
                "Reads a resource of the server",
                List.of("resources"));
    }

    private static Operation prompting(ServiceId service, Json offer) {
        return new Operation(
                new OperationId(service, Offer.PROMPT),
                HttpMethod.GET,
                PathTemplate.parse(Offer.PROMPT_PATH),
                Set.of(Trait.READ),
                List.of(named(Offer.NAME, items(offer, "prompts"))),
                "Gets a prompt of the server",
                List.of("prompts"));
    }

    /// A slot whose choices are those that the server lists; labels say what people call them.
    private static Parameter named(String slot, List<Json> listed) {
        var choices = new ArrayList<Parameter.Choice>();
        for (Json item : listed) {
            String value = ToolsImport.text(item, slot);
            String title = ToolsImport.text(item, "title");
            String name = title.isEmpty() ? ToolsImport.text(item, "name") : title;
            if (choices.size() < Choices.CHOICES_MAX
                    && PlainText.exact(value, Choices.VALUE_CHARS_MAX)) {
                choices.add(
                        new Parameter.Choice(
                                value,
                                PlainText.exact(name, Choices.VALUE_CHARS_MAX) ? name : value));
            }
        }
        return new Parameter(Parameter.Place.QUERY, slot, true, "string", List.copyOf(choices), "");
    }

    /// Something that is done in the client's house at the server's wish.
    private static Operation ofClient(ServiceId service, Json given) {
        String method = given instanceof Json.Str(var text) ? text : "";
        String path = Offer.CLIENT_PATHS.get(method);
        if (path == null) {
            throw new WireException(
                    "`client` holds methods that a server asks of its client: "
                            + String.join(
                                    ", ", Offer.CLIENT_PATHS.keySet().stream().sorted().toList()));
        }
        return new Operation(
                new OperationId(service, method),
                HttpMethod.POST,
                PathTemplate.parse(path),
                Set.of(Trait.WRITE, Trait.OUTWARD),
                List.of(),
                "What the server asks of the agent",
                List.of("client"));
    }

    private static List<Json> items(Json of, String list) {
        return ToolsImport.member(of, list) instanceof Json.Arr(var items) ? items : List.of();
    }
}
