package dev.daypass.llm;

import dev.daypass.config.IntentSettings;
import dev.daypass.config.ModelChoice;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.CannotUnderstand;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Task;
import dev.daypass.vault.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Reads tasks with the embedded parser and a language model. It waits for the model, for at most
/// the configured time: call it where waiting is permitted.
public final class LanguageParser implements IntentParser {
    // Who is charged where nobody says who asks.
    private static final String ANYBODY = "";

    private final IntentParser embedded;
    private final IntentSettings settings;
    private final Asking asking;
    private final Shelf shelf = new Shelf();

    private LanguageParser(IntentParser embedded, IntentSettings settings, Asking asking) {
        this.embedded = embedded;
        this.settings = settings;
        this.asking = asking;
    }

    /// What a parser needs of the world.
    ///
    /// @param clock wall clock, for the hours of an agent's tokens
    /// @param nanoTime for the rest after failures
    /// @param random makes the codes of markers; cannot be guessed
    /// @param waiting runs what waits for the model; virtual threads
    /// @param counts for the metrics
    public record Surroundings(
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            Executor waiting,
            Counts counts) {}

    /// The embedded parser itself where no model is configured or the mode leaves it out.
    ///
    /// @param apiKey to the model; `null` where it wants none
    public static IntentParser over(
            IntentParser embedded,
            IntentSettings settings,
            @Nullable Secret apiKey,
            Surroundings around) {
        if (!settings.asksModel() || !(settings.model() instanceof ModelChoice.Model model)) {
            return embedded;
        }
        String name = model.text() + " at " + settings.address(model.provider());
        return new LanguageParser(
                embedded,
                settings,
                new Asking(
                        ChatModels.of(model, settings, apiKey), name, settings.limits(), around));
    }

    /// @throws CannotUnderstand if the model gives no usable answer and nothing may stand in for it
    @Override
    public Intent understand(Task task, Catalog reach) {
        return understand(ANYBODY, task, reach);
    }

    /// The same parser, for the tasks of one agent, which is charged what the model costs.
    @Override
    public IntentParser forAgent(TenantId tenant, AgentId agent) {
        return (task, reach) -> understand(tenant.value() + "/" + agent.value(), task, reach);
    }

    @Override
    public boolean waits() {
        return true;
    }

    private Intent understand(String agent, Task task, Catalog reach) {
        Intent own = embedded.understand(task, reach);
        Candidates candidates =
                Candidates.of(
                        task,
                        own,
                        new Candidates.Choice(reach, shelf, settings.limits().candidatesMax()));
        // There is nothing to choose from, or nothing that the model could agree with.
        if (candidates.isEmpty()
                || (settings.mode() == IntentSettings.Mode.AGREE && own.proposals().isEmpty())) {
            return own;
        }
        var question = new Question(task, candidates);
        try {
            Intent theirs = new Grounding(question).intent(asking.ask(agent, question));
            return Combination.of(settings.mode(), own, theirs);
        } catch (ModelFailure failure) {
            return without(own, failure);
        }
    }

    private Intent without(Intent own, ModelFailure failure) {
        return switch (settings.fallback()) {
            case EMBEDDED -> {
                var said = new ArrayList<>(own.questions());
                said.add("the language model was not heard: " + failure.why());
                yield new Intent(own.proposals(), own.confidence(), said);
            }
            case REFUSE ->
                    throw new CannotUnderstand(
                            "no language model can read the task now: " + failure.why());
        };
    }
}
