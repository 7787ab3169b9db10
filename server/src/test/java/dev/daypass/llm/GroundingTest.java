package dev.daypass.llm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.intent.Intent;
import dev.daypass.intent.Task;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroundingTest {
    @Test
    void an_operation_that_was_not_shown_is_left_out() {
        Intent intent =
                found(
                        Desk.said("travel.deleteEverything", "book it"),
                        Desk.said("bookFlight", "book it"),
                        Desk.said("", "book it"),
                        Desk.said("travel.bookFlight", "book it"));

        assertEquals(List.of("bookFlight"), Desk.names(intent));
        assertEquals(0.25, intent.confidence());
    }

    @Test
    void words_that_do_not_stand_in_the_task_justify_nothing() {
        for (String quote :
                List.of(
                        "please book it",
                        "BOOK IT",
                        "boo",
                        "ook it",
                        "flight to Lis",
                        "Find a flight to Lisbon on 2026-12-01 and book it now",
                        "",
                        "  ",
                        "-",
                        "book  it")) {
            assertEquals(
                    List.of(), Desk.names(found(Desk.said("travel.bookFlight", quote))), quote);
        }
    }

    @Test
    void words_are_cited_where_they_stand() {
        var task = new Task("rebook? no: book (it) today");
        Intent intent = found(task, Desk.said("travel.bookFlight", " book (it) "));

        assertEquals("book (it)", task.words(intent.proposals().getFirst().because()));
        assertEquals(12, intent.proposals().getFirst().because().start());
    }

    @Test
    void a_bound_is_kept_if_the_parameter_exists_and_the_task_states_the_value() {
        assertEquals(
                Map.of("query.day", new Constraint.OneOf(List.of("2026-12-01"))),
                bounds("query.day", "2026-12-01"));
        assertEquals(
                Map.of("query.to", new Constraint.OneOf(List.of("LIS"))),
                bounds("query.to", "LIS"));
    }

    @Test
    void a_bound_of_another_parameter_or_value_is_left_out() {
        assertEquals(Map.of(), bounds("query.price", "2026-12-01"));
        assertEquals(Map.of(), bounds("day", "2026-12-01"));
        assertEquals(Map.of(), bounds("query.day", "2026-12-02"));
        assertEquals(Map.of(), bounds("query.day", "2026"));
        assertEquals(Map.of(), bounds("query.day", "*"));
        assertEquals(Map.of(), bounds("query.day", ""));
        assertEquals(Map.of(), bounds("query.to", "OSL"));
        assertEquals(Map.of(), bounds("query.to", "Lisbon"));
        assertEquals(Map.of(), bounds("query.to", "2026-12-01"));
    }

    @Test
    void values_of_one_parameter_are_alternatives() {
        var task = new Task("flights to Lisbon or Oslo");
        Intent intent =
                found(
                        task,
                        Desk.said(
                                "travel.searchFlights",
                                "flights",
                                "query.to",
                                "OSL",
                                "query.to",
                                "LIS"));

        assertEquals(
                Map.of("query.to", new Constraint.OneOf(List.of("LIS", "OSL"))),
                intent.proposals().getFirst().constraints());
    }

    @Test
    void what_is_said_twice_counts_as_it_was_said_first() {
        Intent intent =
                found(
                        Desk.said("travel.searchFlights", "Find", "query.to", "LIS"),
                        Desk.said("travel.searchFlights", "flight"));

        assertEquals(1, intent.proposals().size());
        assertEquals(1, intent.proposals().getFirst().constraints().size());
    }

    @Test
    void no_more_is_read_than_an_answer_may_hold() {
        Json one = Desk.said("travel.bookFlight", "book it");
        Json[] many = java.util.Collections.nCopies(1_000, one).toArray(Json[]::new);

        assertEquals(Answer.SAID_MAX, Answer.parse(Desk.answer(many)).said().size());
    }

    private static Map<String, Constraint> bounds(String slot, String value) {
        Intent intent = found(Desk.said("travel.searchFlights", "Find", slot, value));
        return requireNonNull(Desk.find(intent, Desk.SEARCH)).constraints();
    }

    private static Intent found(Json... said) {
        return found(Desk.TASK, said);
    }

    private static Intent found(Task task, Json... said) {
        return new Grounding(question(task)).intent(Answer.parse(Desk.answer(said)));
    }

    static Question question(Task task, Operation... operations) {
        var reach =
                operations.length == 0
                        ? Desk.REACH
                        : dev.daypass.intent.Catalog.of(List.of(operations));
        return new Question(
                task,
                Candidates.of(
                        task, Intent.of(List.of()), new Candidates.Choice(reach, new Shelf(), 60)));
    }
}
