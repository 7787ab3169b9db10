package dev.daypass.policy;

/// Everything that rules may look at.
///
/// @param stage what is being decided
/// @param agent who asks
/// @param account the account that is being opened or that calls
/// @param request the request that asks
public record PolicyInput(
        Stage stage, AgentFacts agent, AccountFacts account, RequestFacts request) {}
