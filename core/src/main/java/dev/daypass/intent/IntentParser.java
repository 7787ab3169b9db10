package dev.daypass.intent;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;

/// Reads a task against the operations that its agent could ever have.
public interface IntentParser {
    /// What the task seems to need. Total: a task that fits nothing gives an intent without
    /// proposals.
    ///
    /// @throws CannotUnderstand if the parser needs something that is not there now
    Intent understand(Task task, Catalog reach);

    /// The same parser for the tasks of one agent: one that costs something charges it.
    default IntentParser forAgent(TenantId tenant, AgentId agent) {
        return this;
    }

    /// Whether understanding a task waits for something outside of this process.
    default boolean waits() {
        return false;
    }
}
