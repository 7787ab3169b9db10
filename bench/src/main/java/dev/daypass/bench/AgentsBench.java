package dev.daypass.bench;

import dev.daypass.examples.agents.Agents;
import dev.daypass.wire.JsonObjectBuilder;

/// The worked agents before and after, in one run: what `./daypass agents` shows. The services take
/// three seconds a transaction, so what is measured is what Daypass adds to that.
final class AgentsBench implements Measurement {
    private static final int ROUNDS = 7;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        site.cores().unpinned(() -> result.put("agents", Agents.measured(ROUNDS)));
    }
}
