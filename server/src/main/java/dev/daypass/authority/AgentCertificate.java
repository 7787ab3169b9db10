package dev.daypass.authority;

import java.time.Instant;

/// What came of a certificate request.
public sealed interface AgentCertificate {
    /// A certificate was issued.
    ///
    /// @param chainPem the agent's certificate, then the authority's
    /// @param until its last second
    record Issued(String chainPem, Instant until) implements AgentCertificate {}

    /// The request was not one to sign.
    ///
    /// @param why fit to be shown to the caller
    record Refused(String why) implements AgentCertificate {}
}
