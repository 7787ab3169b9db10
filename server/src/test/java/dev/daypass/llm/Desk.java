package dev.daypass.llm;

import dev.daypass.config.IntentSettings;
import dev.daypass.config.IntentSettings.Fallback;
import dev.daypass.config.IntentSettings.Mode;
import dev.daypass.config.ModelChoice;
import dev.daypass.config.ModelProvider;
import dev.daypass.config.SecretSource;
import dev.daypass.identity.ServiceId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.intent.Task;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A small travel desk: its operations, a stand-in for the embedded parser, and parsers over a
/// model at some address.
final class Desk {
    static final Operation SEARCH =
            operation(
                    "searchFlights",
                    HttpMethod.GET,
                    "/flights",
                    Set.of(Trait.READ),
                    List.of(
                            new Parameter(
                                    Parameter.Place.QUERY,
                                    "to",
                                    true,
                                    "string",
                                    List.of(
                                            new Parameter.Choice("LIS", "Lisbon"),
                                            new Parameter.Choice("OSL", "Oslo")),
                                    "where to"),
                            new Parameter(
                                    Parameter.Place.QUERY,
                                    "day",
                                    false,
                                    "string",
                                    List.of(),
                                    "the day")));
    static final Operation BOOK =
            operation("bookFlight", HttpMethod.POST, "/bookings", Set.of(Trait.WRITE), List.of());
    static final Operation CANCEL =
            operation(
                    "cancelBooking",
                    HttpMethod.DELETE,
                    "/bookings/{id}",
                    Set.of(Trait.DELETE),
                    List.of());
    static final Catalog REACH = Catalog.of(List.of(SEARCH, BOOK, CANCEL));
    static final Task TASK = new Task("Find a flight to Lisbon on 2026-12-01 and book it");

    /// What this model says is what an honest one would.
    static final String HONEST =
            answer(
                    said(
                            "travel.searchFlights",
                            "Find a flight to Lisbon",
                            "query.to",
                            "LIS",
                            "query.day",
                            "2026-12-01"),
                    said("travel.bookFlight", "book it"));

    static final String KEY = "sk-never-to-be-seen";

    final Map<String, Integer> counted = new ConcurrentHashMap<>();
    final AtomicLong tokens = new AtomicLong();
    final AtomicLong nanos = new AtomicLong();
    volatile Instant now = Instant.parse("2026-11-24T10:59:00Z");
    private IntentSettings settings;

    private Desk(IntentSettings settings) {
        this.settings = settings;
    }

    static Desk at(ModelProvider provider, String url) {
        return new Desk(
                new IntentSettings(
                        new ModelChoice.Model(provider, "a-model"),
                        url,
                        new SecretSource.InVariable("MODEL_KEY"),
                        Mode.MODEL,
                        Fallback.REFUSE,
                        dev.daypass.intent.LaterWishes.GRANT,
                        new IntentSettings.Limits(
                                Duration.ofSeconds(30), 60, 100, 65_536, 1_000_000)));
    }

    static Desk at(FakeModel model) {
        return at(ModelProvider.OPENAI, model.url(ModelProvider.OPENAI));
    }

    Desk mode(Mode mode) {
        settings =
                new IntentSettings(
                        settings.model(),
                        settings.baseUrl(),
                        settings.apiKey(),
                        mode,
                        settings.fallback(),
                        settings.laterWishes(),
                        settings.limits());
        return this;
    }

    Desk fallback(Fallback fallback) {
        settings =
                new IntentSettings(
                        settings.model(),
                        settings.baseUrl(),
                        settings.apiKey(),
                        settings.mode(),
                        fallback,
                        settings.laterWishes(),
                        settings.limits());
        return this;
    }

    Desk limits(Duration timeout, int candidates, int answerBytes, int tokensPerHour) {
        settings =
                new IntentSettings(
                        settings.model(),
                        settings.baseUrl(),
                        settings.apiKey(),
                        settings.mode(),
                        settings.fallback(),
                        settings.laterWishes(),
                        new IntentSettings.Limits(
                                timeout, candidates, 100, answerBytes, tokensPerHour));
        return this;
    }

    Desk timeout(Duration timeout) {
        return limits(timeout, 60, 65_536, 1_000_000);
    }

    LanguageParser parser() {
        return parser(Desk::embedded);
    }

    LanguageParser parser(IntentParser embedded) {
        Counts counts =
                new Counts() {
                    @Override
                    public void question(String outcome) {
                        counted.merge(outcome, 1, Integer::sum);
                    }

                    @Override
                    public void tokens(long more) {
                        tokens.addAndGet(more);
                    }
                };
        return (LanguageParser)
                LanguageParser.over(
                        embedded,
                        settings,
                        Secret.of(KEY),
                        new LanguageParser.Surroundings(
                                () -> now,
                                nanos::get,
                                new SecureRandom(),
                                Executors.newVirtualThreadPerTaskExecutor(),
                                counts));
    }

    /// Stands in for the embedded parser: it sees the search and, wrongly, the cancelling.
    static Intent embedded(Task task, Catalog reach) {
        return new Intent(
                List.of(
                        new Proposal(SEARCH, Map.of(), new Span(0, 4), 1),
                        new Proposal(CANCEL, Map.of(), new Span(0, 4), 0.5)),
                0.7,
                List.of("which flight?"));
    }

    static List<String> names(Intent intent) {
        return intent.proposals().stream().map(p -> p.operation().id().name()).toList();
    }

    static @Nullable Proposal find(Intent intent, Operation operation) {
        return intent.proposals().stream()
                .filter(p -> p.operation().equals(operation))
                .findFirst()
                .orElse(null);
    }

    static String answer(Json... said) {
        return Json.object().put("operations", Json.array(List.of(said))).build().text();
    }

    /// @param bounds slot, value, slot, value …
    static Json said(String operation, String quote, String... bounds) {
        var constraints = new ArrayList<Json>();
        for (int i = 0; i < bounds.length; i += 2) {
            constraints.add(
                    Json.object().put("parameter", bounds[i]).put("value", bounds[i + 1]).build());
        }
        return Json.object()
                .put("operation", operation)
                .put("quote", quote)
                .put("constraints", Json.array(constraints))
                .build();
    }

    static Operation operation(
            String name,
            HttpMethod method,
            String path,
            Set<Trait> traits,
            List<Parameter> parameters) {
        return new Operation(
                new OperationId(new ServiceId("travel"), name),
                method,
                PathTemplate.parse(path),
                traits,
                parameters,
                "what " + name + " does",
                List.of());
    }
}
