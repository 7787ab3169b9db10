package dev.daypass.broker;

import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.intent.CannotUnderstand;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.intent.Task;
import dev.daypass.store.Sample;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an opening whose parser doubts, defers to a human, or fails.
class UnsureParserTest {
    @TempDir Path home;

    private House house(IntentParser parser) throws IOException {
        var house = new House(home, parser);
        house.putFlights();
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        return house;
    }

    /// Proposes everything that the words of reading may have.
    private static Intent reads(Task task, Catalog reach, boolean waits, double confidence) {
        List<Proposal> proposals =
                reach.operations().stream()
                        .filter(operation -> operation.id().name().equals("listOffers"))
                        .map(operation ->
                                new Proposal(
                                        operation,
                                        Map.of(),
                                        new Span(0, task.text().length()),
                                        1,
                                        waits))
                        .toList();
        return new Intent(
                proposals, confidence, confidence < 1 ? List.of("which offers?") : List.of());
    }

    @Test
    void what_only_a_human_may_grant_waits_and_is_granted_when_one_agrees() throws IOException {
        try (House house = house((task, reach) -> reads(task, reach, true, 1))) {
            Opening.Waiting waiting = house.waiting(request());
            AccountId id = waiting.account().id();

            assertEquals(List.of(), waiting.needs());
            assertEquals(1, waiting.confined().waiting().size());
            assertEquals(1, waiting.account().leaves().size());
            assertTrue(
                    Broker.opening(house.stored(id))
                            .orElseThrow()
                            .items("waiting")
                            .getFirst()
                            .text()
                            .contains("listOffers"));
            assertNull(join(house.approvals.approve(Sample.TENANT, id, "root")).refused());
            assertEquals(AccountState.ACTIVE, house.stored(id).state());
        }
    }

    @Test
    void a_parser_that_doubts_and_asks_is_asked_again_and_not_guessed() throws IOException {
        double less = OpeningLine.CONFIDENCE_MIN - 0.01;
        try (House house = house((task, reach) -> reads(task, reach, false, less))) {
            Refusal refusal = house.refusal(request());

            assertEquals(Refusal.Kind.NOT_UNDERSTOOD, refusal.kind());
            assertEquals("understand", refusal.step());
            assertEquals(Json.strings(List.of("which offers?")), refusal.extra().get("questions"));
        }
    }

    @Test
    void a_parser_that_doubts_a_little_is_believed_and_its_questions_are_passed_on()
            throws IOException {
        double enough = OpeningLine.CONFIDENCE_MIN;
        try (House house = house((task, reach) -> reads(task, reach, false, enough))) {
            Opening.Active opened = house.active(request());

            assertEquals(List.of("which offers?"), opened.confined().questions());
            assertEquals(enough, opened.confined().confidence());
        }
    }

    @Test
    void a_parser_that_cannot_read_now_is_unavailable_and_opens_nothing() throws IOException {
        IntentParser broken =
                (_, _) -> {
                    throw new CannotUnderstand("the model does not answer");
                };
        try (House house = house(broken)) {
            Refusal refusal = house.refusal(request());

            assertEquals(Refusal.Kind.UNAVAILABLE, refusal.kind());
            assertEquals("understand", refusal.step());
            assertEquals("the model does not answer", refusal.detail());
        }
    }
}
