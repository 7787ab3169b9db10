package dev.daypass.intent;

import dev.daypass.permission.OperationId;
import dev.daypass.wire.Json;

/// An operation that was not granted, and why.
///
/// @param operation full name
/// @param why for the agent and the human alike
public record Dropped(OperationId operation, String why) {
    public Json.Obj toJson() {
        return Json.object()
                .put("service", operation.service().value())
                .put("operation", operation.name())
                .put("why", why)
                .build();
    }
}
