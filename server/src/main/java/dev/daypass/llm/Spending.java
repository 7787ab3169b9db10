package dev.daypass.llm;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The tokens that each agent has cost in this hour. Kept in memory: a restart forgets them.
final class Spending {
    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

    /// No provider answers a question with more.
    private static final long REPORTED_MAX = 10_000_000;

    private final InstantSource clock;
    private final long tokensPerHour;
    private long hour;
    private final Map<String, Long> spent = new HashMap<>();

    Spending(InstantSource clock, long tokensPerHour) {
        this.clock = clock;
        this.tokensPerHour = tokensPerHour;
    }

    /// Whether an agent has used up its own.
    ///
    /// @param agent with its tenant
    synchronized boolean isSpent(String agent) {
        turn();
        return spent.getOrDefault(agent, 0L) >= tokensPerHour;
    }

    /// Sets tokens aside before a question is asked, unless the agent has used up its own: so many
    /// questions at once cannot all slip through.
    synchronized boolean setAside(String agent, long estimate) {
        if (isSpent(agent)) {
            return false;
        }
        spent.merge(agent, estimate, Long::sum);
        return true;
    }

    /// Counts what the model says it took in place of what was set aside; what is not plausible
    /// leaves the estimate. Across the hour's end the difference goes to the new hour.
    ///
    /// @return what was counted
    synchronized long settle(String agent, long estimate, long reported) {
        if (reported <= 0 || reported > REPORTED_MAX) {
            return estimate;
        }
        turn();
        long before = spent.getOrDefault(agent, 0L);
        spent.put(agent, Math.max(0, before - estimate + reported));
        return reported;
    }

    private void turn() {
        long now = Math.floorDiv(clock.instant().getEpochSecond(), HOUR_SECONDS);
        if (now != hour) {
            hour = now;
            spent.clear();
        }
    }
}
