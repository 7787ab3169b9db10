package dev.daypass.catalog;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.permission.TraitRules;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the answer to an MCP server's `tools/list` (revision 2025-06-18, Tools, Listing Tools)
/// into operations: each tool is a POST to a path of its own below `/mcp/tools/`.
///
/// A server that we do not run says of its tools what it likes. What a tool does is judged by its
/// name and its parameters' names; of its annotations those count that make it look worse:
/// `destructiveHint` adds `delete` to what writes, `readOnlyHint: false` adds `write` to what
/// reads, `openWorldHint` adds `outward` to what writes. `readOnlyHint: true` makes no write a
/// read, and `idempotentHint` changes nothing. A description decides nothing and is clipped.
public final class ToolsImport {
    public static final int TOOLS_MAX = 2_000;

    private ToolsImport() {}

    /// What an import yields.
    ///
    /// @param operations in the order of the list
    /// @param skipped what was left out, in the order it was met
    public record Imported(List<Operation> operations, List<OpenApiImport.Skipped> skipped) {
        public Imported {
            operations = List.copyOf(operations);
            skipped = List.copyOf(skipped);
        }
    }

    /// @param service the service that offers these tools
    /// @param answer the whole JSON-RPC answer, its result, or the list alone
    /// @throws WireException if there is no list of tools in it, or the list is empty or too long
    public static Imported read(ServiceId service, Json answer) {
        List<Json> tools = tools(answer);
        if (tools.isEmpty()) {
            throw new WireException("the server lists no tools; there is nothing to register");
        }
        if (tools.size() > TOOLS_MAX) {
            throw new WireException(
                    "the server lists %d tools; permitted: %d".formatted(tools.size(), TOOLS_MAX));
        }
        Map<String, Integer> named = new HashMap<>();
        tools.forEach(tool -> named.merge(name(tool), 1, Integer::sum));
        var operations = new ArrayList<Operation>();
        var skipped = new ArrayList<OpenApiImport.Skipped>();
        for (int i = 0; i < tools.size(); i++) {
            String name = name(tools.get(i));
            String where =
                    "tools[%d]%s"
                            .formatted(i, name.isEmpty() ? "" : " " + PlainText.clip(name, 80));
            String objection = objection(name, named);
            if (objection.isEmpty()) {
                operations.add(
                        operation(new OperationId(service, name), where, tools.get(i), skipped));
            } else {
                skipped.add(new OpenApiImport.Skipped(where, objection));
            }
        }
        if (operations.isEmpty()) {
            throw new WireException(
                    "none of the server's tools can be used: " + skipped.getFirst());
        }
        return new Imported(operations, skipped);
    }

    private static List<Json> tools(Json answer) {
        Json at = answer;
        for (String member : List.of("result", "tools")) {
            if (at instanceof Json.Obj(var members) && members.containsKey(member)) {
                at = members.get(member);
            }
        }
        if (at instanceof Json.Arr(var items)) {
            return items;
        }
        throw new WireException("not an answer to `tools/list`: it has no array `tools`");
    }

    private static String name(Json tool) {
        return text(tool, "name");
    }

    /// Why a tool cannot be an operation; empty if it can.
    private static String objection(String name, Map<String, Integer> named) {
        if (name.isEmpty()) {
            return "it has no name";
        }
        if (named.getOrDefault(name, 0) > 1) {
            return "its name is used more than once, and nobody can tell which is meant";
        }
        boolean fits =
                name.length() <= OperationId.NAME_CHARS_MAX
                        && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '{' && c != '}')
                        && Stream.of(name.split("/", -1))
                                .noneMatch(part -> part.isEmpty() || part.matches("[.]{1,2}"));
        return fits
                ? ""
                : "its name cannot be used; expected 1 to 200 printable ascii characters without braces and dot segments";
    }

    private static Operation operation(
            OperationId id, String where, Json tool, List<OpenApiImport.Skipped> skipped) {
        var schema = new ToolSchema(member(tool, "inputSchema"), where, skipped);
        List<Parameter> parameters = schema.parameters();
        Set<Trait> traits = EnumSet.copyOf(TraitRules.ofTool(id.name(), List.of(), schema.names()));
        addCaution(traits, member(tool, "annotations"));
        String title = text(tool, "title");
        String description = text(tool, "description");
        return new Operation(
                id,
                HttpMethod.POST,
                path(id.name()),
                traits,
                parameters,
                PlainText.clip(
                        title.isEmpty() || description.startsWith(title)
                                ? description
                                : title + ": " + description,
                        Operation.SUMMARY_CHARS_MAX),
                List.of());
    }

    // What the protocol says of a hint that is not given (not read-only, destructive, open) would
    // mark every tool of most servers, and so only what is said counts.
    private static void addCaution(Set<Trait> traits, Json annotations) {
        if (is(annotations, "readOnlyHint", false) || is(annotations, "destructiveHint", true)) {
            if (!traits.contains(Trait.DELETE)) {
                traits.add(Trait.WRITE);
            }
        }
        boolean changes = traits.contains(Trait.WRITE) || traits.contains(Trait.DELETE);
        if (is(annotations, "destructiveHint", true)) {
            traits.add(Trait.DELETE);
        }
        if (changes && is(annotations, "openWorldHint", true)) {
            traits.add(Trait.OUTWARD);
        }
    }

    private static boolean is(Json annotations, String hint, boolean value) {
        return member(annotations, hint) instanceof Json.Bool(var said) && said == value;
    }

    private static PathTemplate path(String name) {
        return PathTemplate.parse(Operation.TOOLS + name);
    }

    static Json member(Json of, String name) {
        Json found = of instanceof Json.Obj(var members) ? members.get(name) : null;
        return found == null ? Json.object().build() : found;
    }

    static String text(Json of, String name) {
        return member(of, name) instanceof Json.Str(var text) ? text : "";
    }
}
