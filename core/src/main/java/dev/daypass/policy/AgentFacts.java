package dev.daypass.policy;

/// The agent, as rules see it under `agent`.
///
/// @param name its registered name
/// @param spiffeId its SPIFFE id as a URI; empty where it has none
public record AgentFacts(String name, String spiffeId) {}
