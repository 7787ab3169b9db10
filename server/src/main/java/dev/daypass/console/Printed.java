package dev.daypass.console;

import dev.daypass.http.Body;
import java.util.List;

/// What a command printed, in the order in which it did.
///
/// @param status exit status
/// @param parts stretches of text for one stream each
public record Printed(int status, List<Part> parts) {
    public Printed {
        parts = List.copyOf(parts);
    }

    /// A stretch.
    ///
    /// @param stream 1 for standard output, 2 for standard error
    /// @param text UTF-8
    public record Part(int stream, Body text) {}
}
