package dev.daypass.ledger;

import dev.daypass.wire.Json;

/// What a call passed on that was a conversation, or a row of events.
///
/// @param messagesToService messages of the agent
/// @param bytesToService their length
/// @param messagesToAgent messages of the service, or events
/// @param bytesToAgent their length
public record Passed(
        long messagesToService, long bytesToService, long messagesToAgent, long bytesToAgent) {
    Json json() {
        return Json.object()
                .put("messages_to_service", messagesToService)
                .put("bytes_to_service", bytesToService)
                .put("messages_to_agent", messagesToAgent)
                .put("bytes_to_agent", bytesToAgent)
                .build();
    }
}
