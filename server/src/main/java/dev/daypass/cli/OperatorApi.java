package dev.daypass.cli;

import dev.daypass.wire.Json;
import org.jspecify.annotations.Nullable;

/// The operator API, with the authority of one operator.
@FunctionalInterface
public interface OperatorApi {
    /// @param path path and query
    Answer send(String method, String path, @Nullable Json body);
}
