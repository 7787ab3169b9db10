package dev.daypass.cli;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.NewsFact;
import dev.daypass.ledger.Recorded;
import dev.daypass.ledger.ToolFact;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Metrics that follow the feed: what is counted is what was recorded, so the numbers and the
/// ledger agree. Labels are steps, reasons and types; never a task, an account or an address.
final class FeedMetrics implements Consumer<Recorded> {
    private final MeterRegistry registry;
    private final Timer calls;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    FeedMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.calls =
                Timer.builder("daypass.call")
                        .description("From a call's arrival at the edge to the service's answer")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
    }

    @Override
    public void accept(Recorded recorded) {
        count("daypass.facts", "type", recorded.fact().type());
        switch (recorded.fact()) {
            case Fact.CallMade made -> calls.record(made.micros(), TimeUnit.MICROSECONDS);
            case Fact.CallRefused refused ->
                    count(
                            "daypass.calls.refused",
                            "step",
                            refused.step(),
                            1 + refused.unrecorded());
            case Fact.OpenRefused refused -> count("daypass.opens.refused", "step", refused.step());
            case Fact.WideningRefused refused ->
                    count("daypass.widenings.refused", "step", refused.step());
            case Fact.AccountEnded ended ->
                    count("daypass.accounts.ended", "reason", ended.reason());
            case Fact.AgentAdded _,
                    Fact.AgentEnrolled _,
                    Fact.AgentRemoved _,
                    Fact.ServiceAdded _,
                    Fact.ServiceRemoved _,
                    Fact.CredentialRenewed _,
                    Fact.RulesChanged _,
                    Fact.ApprovalAsked _,
                    Fact.AccountOpened _,
                    Fact.AccountWidened _,
                    Fact.WideningAsked _,
                    Fact.TraitsCorrected _,
                    ToolFact.ToolChanged _,
                    ToolFact.ToolAccepted _,
                    Fact.Shredded _,
                    Fact.TokenRenewed _,
                    Fact.EdgeChanged _,
                    NewsFact _,
                    Fact.CallsReserved _ -> {}
        }
    }

    private void count(String name, String label, String value) {
        count(name, label, value, 1);
    }

    private void count(String name, String label, String value, long times) {
        counters.computeIfAbsent(name + " " + value, _ -> registry.counter(name, label, value))
                .increment((double) times);
    }
}
