package dev.daypass.ledger;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import org.jspecify.annotations.Nullable;

/// What happened to the tools of MCP servers.
public sealed interface ToolFact extends Fact {
    /// An MCP server lists a tool that is not what was accepted; it is refused from now on.
    ///
    /// @param service the service
    /// @param tool the tool
    /// @param accepted hash of the definition that was accepted
    /// @param hash of the definition that is listed now; empty where none can be made of it
    /// @param definition as it is listed now; `null` where it is too large to be kept
    record ToolChanged(
            ServiceId service,
            String tool,
            String accepted,
            String hash,
            Json.@Nullable Obj definition)
            implements ToolFact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("tool", tool)
                    .put("accepted", accepted)
                    .put("hash", hash)
                    .put("definition", definition)
                    .build();
        }
    }

    /// An operator accepted what an MCP server says of a tool now.
    record ToolAccepted(ServiceId service, String tool, String hash, String by)
            implements ToolFact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("tool", tool)
                    .put("hash", hash)
                    .put("by", by)
                    .build();
        }
    }
}
