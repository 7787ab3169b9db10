package dev.daypass.mcp;

import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.Permission;

/// What becomes of a message of a client.
public sealed interface Verdict {
    /// It uses an operation of the grant: it is charged and recorded.
    ///
    /// @param request the operation with its arguments, in the form in which rules see it
    /// @param by the permission that covers it
    record Use(CanonicalRequest request, Permission by) implements Verdict {}

    /// It belongs to the protocol; what comes back is filtered.
    record Pass() implements Verdict {}

    /// It goes nowhere until a human has decided on a wider grant that would cover it.
    ///
    /// @param otherwise what becomes of it where it cannot be told to wait
    record Awaits(Refused otherwise) implements Verdict {}

    /// It goes nowhere.
    ///
    /// @param code of JSON-RPC
    /// @param why what to tell the agent
    /// @param scope whether a wider grant would help
    record Refused(int code, String why, boolean scope) implements Verdict {}
}
