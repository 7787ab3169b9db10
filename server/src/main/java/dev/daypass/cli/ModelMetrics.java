package dev.daypass.cli;

import dev.daypass.llm.Counts;
import io.micrometer.core.instrument.MeterRegistry;

/// Metrics of the language model. Labels are outcomes; never a task, an agent or an answer.
record ModelMetrics(MeterRegistry registry) implements Counts {
    @Override
    public void question(String outcome) {
        registry.counter("daypass.model.questions", "outcome", outcome).increment();
    }

    @Override
    public void tokens(long tokens) {
        registry.counter("daypass.model.tokens").increment((double) tokens);
    }
}
