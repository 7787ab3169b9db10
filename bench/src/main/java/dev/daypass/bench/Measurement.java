package dev.daypass.bench;

import dev.daypass.wire.JsonObjectBuilder;

/// Measures one thing and puts its figures into the result.
interface Measurement {
    void measure(Site site, JsonObjectBuilder result);

    /// @throws IllegalArgumentException if there is none of that name
    static Measurement named(String name) {
        return switch (name) {
            case "open" -> new OpenBench();
            case "call" -> new CallBench();
            case "start" -> new StartBench();
            case "storage" -> new StorageBench();
            case "revoke" -> new RevokeBench();
            case "parse" -> new ParseBench();
            case "command" -> new CommandBench();
            case "run" -> new RunBench();
            case "ledger" -> new LedgerBench();
            case "living" -> new LivingBench();
            case "edge" -> new EdgeBench();
            case "idle" -> new IdleBench();
            case "steady" -> new SteadyBench();
            case "agents" -> new AgentsBench();
            default -> throw new IllegalArgumentException("no measurement `%s`".formatted(name));
        };
    }
}
