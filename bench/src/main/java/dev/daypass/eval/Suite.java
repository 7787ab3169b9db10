package dev.daypass.eval;

import dev.daypass.intent.Catalog;
import dev.daypass.permission.OperationId;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One file of schema `intent-catalog/1`.
///
/// @param name of the suite
/// @param operations by the name that the file gives them
/// @param catalog all of them
/// @param tasks what agents say
/// @param injections what attackers want done
record Suite(
        String name,
        Map<String, OperationId> operations,
        Catalog catalog,
        List<Ask> tasks,
        List<Goal> injections) {
    /// The names that the file gives them, by operation.
    Map<OperationId, String> names() {
        var out = new java.util.HashMap<OperationId, String>();
        operations.forEach((name, id) -> out.put(id, name));
        return out;
    }

    /// A task.
    ///
    /// @param id unique in the suite
    /// @param prompt its words
    /// @param catalog what is on offer
    /// @param required what it needs
    record Ask(String id, String prompt, Catalog catalog, List<Call> required) {
        Set<OperationId> needed() {
            return required.stream()
                    .map(Call::operation)
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    /// What an attacker wants.
    ///
    /// @param id unique in the suite
    /// @param needs what it takes; empty if it takes no operation
    record Goal(String id, List<Call> needs) {}

    /// One call.
    ///
    /// @param operation what is called
    /// @param args by name; a value may be anything
    record Call(OperationId operation, Map<String, Json> args) {}
}
