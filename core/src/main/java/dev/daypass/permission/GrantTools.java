package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A grant as tools, one for each operation, with schemas as narrow as its bounds. The edge holds
/// the bounds whatever a schema says: a schema spares a model the calls that would be refused.
///
/// @param tools in the order of the grant
/// @param leftOut what is granted but is no tool here
public record GrantTools(List<GrantedTool> tools, List<LeftOut> leftOut) {
    /// Of all tools together, as JSON.
    public static final int CHARS_MAX = 1_000_000;

    // What the interfaces of language models take for the name of a tool.
    private static final int NAME_CHARS_MAX = 64;

    /// An operation that is granted but is no tool.
    ///
    /// @param operation full name
    /// @param why lower case, no full stop, fit to be shown
    public record LeftOut(OperationId operation, String why) {
        private Json toJson() {
            return Json.object()
                    .put("service", operation.service().value())
                    .put("operation", operation.name())
                    .put("why", why)
                    .build();
        }
    }

    public GrantTools {
        tools = List.copyOf(tools);
        leftOut = List.copyOf(leftOut);
    }

    /// @param offered what the services of the grant offer now
    public static GrantTools of(Grant grant, Collection<Operation> offered) {
        Map<OperationId, Operation> byId = new HashMap<>();
        offered.forEach(operation -> byId.put(operation.id(), operation));
        var making = new Making();
        for (Permission permission : grant.permissions()) {
            making.add(permission, byId.get(permission.operation()));
        }
        return new GrantTools(making.tools, making.leftOut);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("tools", Json.array(tools.stream().map(GrantedTool::toJson).toList()))
                .put("left_out", Json.array(leftOut.stream().map(LeftOut::toJson).toList()))
                .build();
    }

    /// A name of letters, digits, `_` and `-` that is not among those taken, and is now.
    static String unique(String wanted, Set<String> taken) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_-]", "_");
        String base = plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX));
        String name = base;
        for (int i = 2; !taken.add(name); i++) {
            String end = "_" + i;
            name = base.substring(0, Math.min(base.length(), NAME_CHARS_MAX - end.length())) + end;
        }
        return name;
    }

    private static final class Making {
        private static final String TOO_MUCH =
                "all tools together would have more than %d characters".formatted(CHARS_MAX);

        private final List<GrantedTool> tools = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private long chars;

        void add(Permission permission, @Nullable Operation operation) {
            String why = objection(permission, operation);
            if (why.isEmpty() && operation != null) {
                why = made(permission, operation);
            }
            if (!why.isEmpty()) {
                leftOut.add(new LeftOut(permission.operation(), why));
            }
        }

        private static String objection(Permission permission, @Nullable Operation operation) {
            if (operation == null
                    || operation.method() != permission.method()
                    || !operation.path().equals(permission.path())) {
                return "the service does not offer it any more";
            }
            return permission.path().toString().startsWith(Operation.MCP)
                    ? "it is of an mcp server: connect an mcp client to the service's endpoint"
                    : "";
        }

        private String made(Permission permission, Operation operation) {
            if (chars > CHARS_MAX) {
                return TOO_MUCH;
            }
            var arguments = new ToolArguments(permission, operation);
            if (!arguments.objection().isEmpty()) {
                return arguments.objection();
            }
            String name = operation.id().service() + "_" + operation.name();
            var tool =
                    new GrantedTool(
                            unique(name, names),
                            operation,
                            description(operation),
                            arguments.schema(),
                            arguments.places());
            chars += tool.toJson().text().length();
            if (chars > CHARS_MAX) {
                return TOO_MUCH;
            }
            tools.add(tool);
            return "";
        }

        private static String description(Operation operation) {
            String said = ServiceWords.quoted(operation.summary(), Operation.SUMMARY_CHARS_MAX);
            return "Operation %s of the service %s.%s"
                    .formatted(operation.name(), operation.id().service(), said);
        }
    }
}
