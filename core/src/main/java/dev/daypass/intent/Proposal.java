package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import java.util.Map;

/// An operation that a parser believes the task needs.
///
/// @param operation the operation
/// @param constraints bounds read from the words, by slot
/// @param because the words that justify it
/// @param score how well they fit; comparable within one intent only
public record Proposal(
        Operation operation, Map<String, Constraint> constraints, Span because, double score) {
    public Proposal {
        constraints = Map.copyOf(constraints);
    }

    /// The same proposal of another operation.
    Proposal of(Operation other) {
        return new Proposal(other, constraints, because, score);
    }
}
