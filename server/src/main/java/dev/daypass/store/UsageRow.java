package dev.daypass.store;

import java.time.LocalDate;

/// What one agent did with one service in one day.
///
/// @param agent the agent
/// @param service the service
/// @param day the day, UTC
/// @param calls calls that went through
/// @param refused calls that were refused
public record UsageRow(String agent, String service, LocalDate day, long calls, long refused) {}
