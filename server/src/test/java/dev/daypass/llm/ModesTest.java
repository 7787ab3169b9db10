package dev.daypass.llm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.config.Config;
import dev.daypass.config.IntentSettings.Mode;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.permission.Constraint;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The embedded parser sees the search and the cancelling, the model the search and the booking.
class ModesTest {
    @Test
    void in_the_mode_model_the_models_word_counts() {
        Intent intent = read(Mode.MODEL);

        assertEquals(List.of("searchFlights", "bookFlight"), Desk.names(intent));
        assertTrue(intent.proposals().stream().noneMatch(Proposal::waits));
    }

    @Test
    void in_the_mode_agree_only_what_both_propose_counts() {
        Intent intent = read(Mode.AGREE);

        assertEquals(List.of("searchFlights"), Desk.names(intent));
        assertEquals(0.7, intent.confidence());
        assertEquals(new Span(0, 4), intent.proposals().getFirst().because());
    }

    @Test
    void what_both_propose_is_bound_by_both() {
        IntentParser embedded =
                (_, _) ->
                        Intent.of(
                                List.of(
                                        new Proposal(
                                                Desk.SEARCH,
                                                Map.of(
                                                        "query.to",
                                                        new Constraint.OneOf(
                                                                List.of("LIS", "OSL"))),
                                                new Span(0, 4),
                                                1)));
        try (var model = FakeModel.saying(Desk.HONEST)) {
            Intent intent =
                    Desk.at(model)
                            .mode(Mode.AGREE)
                            .parser(embedded)
                            .understand(Desk.TASK, Desk.REACH);

            assertEquals(
                    Map.of(
                            "query.to", new Constraint.OneOf(List.of("LIS")),
                            "query.day", new Constraint.OneOf(List.of("2026-12-01"))),
                    intent.proposals().getFirst().constraints());
        }
    }

    @Test
    void where_nothing_is_agreed_nothing_is_proposed() {
        try (var model = FakeModel.saying(Desk.answer())) {
            Intent intent =
                    Desk.at(model).mode(Mode.AGREE).parser().understand(Desk.TASK, Desk.REACH);

            assertEquals(List.of(), intent.proposals());
            assertEquals(0, intent.confidence());
        }
    }

    @Test
    void in_the_mode_model_then_human_what_only_the_model_proposes_waits() {
        Intent intent = read(Mode.MODEL_THEN_HUMAN);

        assertEquals(List.of("searchFlights", "cancelBooking", "bookFlight"), Desk.names(intent));
        assertFalse(requireNonNull(Desk.find(intent, Desk.SEARCH)).waits());
        assertTrue(requireNonNull(Desk.find(intent, Desk.BOOK)).waits());
        assertEquals(Map.of(), requireNonNull(Desk.find(intent, Desk.SEARCH)).constraints());
    }

    @Test
    void without_a_model_the_embedded_parser_is_all_there_is() {
        IntentParser embedded = Desk::embedded;
        var around =
                new LanguageParser.Surroundings(
                        () -> Instant.EPOCH,
                        () -> 0,
                        new SecureRandom(),
                        Runnable::run,
                        new Counts() {
                            @Override
                            public void question(String outcome) {
                                throw new AssertionError(outcome);
                            }

                            @Override
                            public void tokens(long tokens) {
                                throw new AssertionError(tokens);
                            }
                        });

        assertSame(
                embedded, LanguageParser.over(embedded, Config.defaults().intent(), null, around));
    }

    @Test
    void a_model_is_not_asked_to_agree_with_nothing() {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            Intent intent =
                    Desk.at(model)
                            .mode(Mode.AGREE)
                            .parser((_, _) -> Intent.of(List.of()))
                            .understand(Desk.TASK, Desk.REACH);

            assertEquals(List.of(), intent.proposals());
            assertEquals(List.of(), model.asked());
        }
    }

    @Test
    void a_model_is_not_asked_about_nothing() {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            Desk.at(model).parser().understand(Desk.TASK, dev.daypass.intent.Catalog.of(List.of()));

            assertEquals(List.of(), model.asked());
        }
    }

    private static Intent read(Mode mode) {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            return Desk.at(model).mode(mode).parser().understand(Desk.TASK, Desk.REACH);
        }
    }
}
