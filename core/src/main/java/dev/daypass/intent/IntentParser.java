package dev.daypass.intent;

/// Reads a task against the operations that its agent could ever have.
public interface IntentParser {
    /// What the task seems to need. Total: a task that fits nothing gives an intent without
    /// proposals.
    Intent understand(Task task, Catalog reach);
}
