package dev.daypass.sdk;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Server-sent events, as far as the server sends them: fields on lines, an empty line ends each.
final class Events {
    private final Iterator<String> lines;

    /// @param lines as they arrive, without their ends
    Events(Iterator<String> lines) {
        this.lines = lines;
    }

    /// An event.
    ///
    /// @param id its place in the ledger
    /// @param event its kind
    /// @param data one line of JSON
    record Event(String id, String event, String data) {}

    /// The next one, waiting for it; nothing at the end. One that is not finished is none.
    Optional<Event> next() {
        Map<String, String> fields = new HashMap<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty() && fields.containsKey("data")) {
                return Optional.of(
                        new Event(
                                fields.getOrDefault("id", ""),
                                fields.getOrDefault("event", ""),
                                fields.getOrDefault("data", "")));
            }
            if (line.isEmpty()) {
                fields.clear();
            } else if (!line.startsWith(":")) {
                String[] parts = line.split(":", 2);
                fields.put(parts[0], parts.length < 2 ? "" : parts[1].replaceFirst("^ ", ""));
            }
        }
        return Optional.empty();
    }
}
