package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.Set;

/// What a server may tell a client without being asked.
public final class ServerMessages {
    private static final String UPDATED = "notifications/resources/updated";

    private static final Set<String> NOTIFICATIONS =
            Set.of(
                    "notifications/cancelled",
                    "notifications/progress",
                    "notifications/message",
                    "notifications/tools/list_changed",
                    "notifications/resources/list_changed",
                    "notifications/prompts/list_changed",
                    "notifications/elicitation/complete",
                    "notifications/subscriptions/acknowledged");

    private ServerMessages() {}

    /// Whether a client of this account hears it: of resources only what it may read.
    public static boolean passes(Message.Notification told, Judging judging) {
        if (told.method().equals(UPDATED)) {
            return told.params().members().get("uri") instanceof Json.Str(var uri)
                    && judging.reads(uri);
        }
        return NOTIFICATIONS.contains(told.method());
    }
}
