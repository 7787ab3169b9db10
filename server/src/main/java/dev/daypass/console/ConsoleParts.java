package dev.daypass.console;

import dev.daypass.broker.Approvals;
import dev.daypass.broker.Broker;
import dev.daypass.broker.EdgeRegistry;
import dev.daypass.broker.Endings;
import dev.daypass.broker.Fleet;
import dev.daypass.broker.Records;
import dev.daypass.broker.Registry;
import dev.daypass.broker.Shredding;
import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.events.EventStreams;
import dev.daypass.issuer.AccountAnswers;
import java.util.concurrent.Executor;

/// What the operator API is made of.
///
/// @param broker finds and explains accounts
/// @param endings ends them
/// @param approvals decides on those that wait
/// @param registry agents, services, rules
/// @param edges which edges in other processes there are
/// @param fleet keeps track of them
/// @param events receivers of events
/// @param records what operators may look at
/// @param shredding makes what is personal unreadable
/// @param proofs what the ledger proves
/// @param answers how accounts are told
/// @param operators who may
/// @param mcpServers that the configuration names
/// @param waiting runs what may wait; virtual threads
public record ConsoleParts(
        Broker broker,
        Endings endings,
        Approvals approvals,
        Registry registry,
        EdgeRegistry edges,
        Fleet fleet,
        EventStreams events,
        Records records,
        Shredding shredding,
        LedgerProofs proofs,
        AccountAnswers answers,
        Operators operators,
        McpServers mcpServers,
        Executor waiting) {}
