package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import java.util.Map;
import java.util.Set;

/// An operation that a parser believes the task needs.
///
/// @param operation the operation
/// @param constraints bounds read from the words, by slot
/// @param because the words that justify it
/// @param score how well they fit; comparable within one intent only
/// @param waits whether it may be granted by a human only
/// @param serves the operations for whose arguments alone it looks; empty where the task needs it
///   by itself. It goes where they go
public record Proposal(
        Operation operation,
        Map<String, Constraint> constraints,
        Span because,
        double score,
        boolean waits,
        Set<OperationId> serves) {
    public Proposal {
        constraints = Map.copyOf(constraints);
        serves = Set.copyOf(serves);
    }

    /// A proposal of what the task needs by itself.
    public Proposal(
            Operation operation,
            Map<String, Constraint> constraints,
            Span because,
            double score,
            boolean waits) {
        this(operation, constraints, because, score, waits, Set.of());
    }

    /// A proposal that needs nobody's consent but confinement's.
    public Proposal(
            Operation operation, Map<String, Constraint> constraints, Span because, double score) {
        this(operation, constraints, because, score, false);
    }

    /// The same proposal of another operation.
    Proposal of(Operation other) {
        return new Proposal(other, constraints, because, score, waits, serves);
    }

    /// The same proposal, to be granted by a human only.
    public Proposal waiting() {
        return new Proposal(operation, constraints, because, score, true, serves);
    }
}
