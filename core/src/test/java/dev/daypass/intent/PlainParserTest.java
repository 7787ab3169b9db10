package dev.daypass.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Parameter.Choice;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainParserTest {
    private static final List<Choice> CITIES =
            List.of(
                    new Choice("NYC", "New York"),
                    new Choice("LON", "London"),
                    new Choice("PAR", "Paris"));
    private static final Operation SEARCH =
            operation(
                    "flights",
                    "searchOffers",
                    HttpMethod.GET,
                    "/offers",
                    Trait.READ,
                    query("from"),
                    query("to"));
    private static final Operation BOOK =
            operation("flights", "createBooking", HttpMethod.POST, "/bookings", Trait.WRITE);
    private static final Operation USERS =
            operation("flights", "listUsers", HttpMethod.GET, "/users", Trait.READ);
    private static final Operation PAPER =
            operation(
                    "library",
                    "getPaper",
                    HttpMethod.GET,
                    "/papers/{paperId}",
                    Trait.READ,
                    new Parameter(Place.PATH, "paperId", true, "string", List.of(), ""));
    private static final Catalog CATALOG = Catalog.of(List.of(SEARCH, BOOK, USERS, PAPER));

    @Test
    void from_and_to_bind_the_parameters_of_that_name() {
        Proposal best = best("find the cheapest offers from New York to London");

        assertEquals(SEARCH, best.operation());
        assertEquals(Map.of("query.from", one("NYC"), "query.to", one("LON")), best.constraints());
    }

    @Test
    void the_order_of_the_words_does_not_matter() {
        assertEquals(
                Map.of("query.from", one("PAR"), "query.to", one("NYC")),
                best("offers to New York from Paris").constraints());
    }

    @Test
    void a_value_may_be_written_as_on_the_wire_or_as_people_call_it() {
        Map<String, Constraint> expected = Map.of("query.from", one("NYC"), "query.to", one("LON"));

        assertEquals(expected, best("offers from NYC to LON").constraints());
        assertEquals(expected, best("offers FROM new york TO LONDON").constraints());
    }

    @Test
    void a_wire_value_in_another_case_or_inside_a_word_is_not_meant() {
        assertEquals(Map.of(), best("find nyc offers").constraints());
        assertEquals(Map.of(), best("find offers in Londonderry").constraints());
    }

    @Test
    void without_a_leading_word_every_mentioned_value_counts() {
        Constraint both = new Constraint.OneOf(List.of("LON", "PAR"));

        assertEquals(
                Map.of("query.from", both, "query.to", both),
                best("compare offers: Paris, London").constraints());
    }

    @Test
    void a_value_that_only_follows_another_word_does_not_widen_a_led_one() {
        assertEquals(
                one("NYC"),
                best("find offers from New York, not Paris, to London")
                        .constraints()
                        .get("query.from"));
    }

    @Test
    void an_identifier_binds_the_variables_of_the_path() {
        assertEquals(
                Map.of("path.paperId", one("p-1706")), best("fetch paper p-1706").constraints());
        assertEquals(
                Map.of("path.paperId", new Constraint.OneOf(List.of("17", "p-1706"))),
                best("get papers p-1706 and 17").constraints());
        assertEquals(Map.of(), best("fetch every paper").constraints());
    }

    @Test
    void the_words_that_speak_for_an_operation_are_cited() {
        Task task = new Task("Please, find the cheapest offers from New York to London today");
        Proposal best = new PlainParser().understand(task, CATALOG).proposals().getFirst();

        assertEquals(
                "find the cheapest offers from New York to London", task.words(best.because()));
    }

    @Test
    void a_task_that_names_nothing_proposes_nothing() {
        for (String text : List.of("sing a song", "?!", "42", "the of to from", "ünïcödé")) {
            assertEquals(
                    List.of(),
                    new PlainParser().understand(new Task(text), CATALOG).proposals(),
                    text);
        }
    }

    @Test
    void a_task_that_only_asks_for_a_change_does_not_get_to_look() {
        List<Proposal> proposals =
                new PlainParser().understand(new Task("create a booking"), CATALOG).proposals();

        assertEquals(List.of(BOOK), proposals.stream().map(Proposal::operation).toList());
    }

    @Test
    void an_empty_catalog_gives_an_empty_intent() {
        assertEquals(
                List.of(),
                new PlainParser()
                        .understand(new Task("find offers"), Catalog.of(List.of()))
                        .proposals());
    }

    @Test
    void any_text_is_understood_without_failing_and_best_comes_first() {
        Check.forAll(
                1_000,
                random -> {
                    Task task =
                            task(
                                    Gen.text(random, 12)
                                            + Gen.pick(
                                                    random, " offers", " p-1", " from Paris", ""));

                    List<Proposal> proposals =
                            new PlainParser().understand(task, CATALOG).proposals();

                    for (int i = 0; i < proposals.size(); i++) {
                        assertTrue(proposals.get(i).because().end() <= task.text().length());
                        assertTrue(
                                i == 0 || proposals.get(i).score() <= proposals.get(i - 1).score());
                    }
                });
    }

    // What no task may hold is left out, so that every draw is one.
    private static Task task(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .filter(c -> {
                    try {
                        return new Task("x" + Character.toString(c)).text().length() > 1;
                    } catch (InvalidTask _) {
                        return false;
                    }
                })
                .forEach(out::appendCodePoint);
        return new Task(out.isEmpty() || out.toString().isBlank() ? "x" : out.toString());
    }

    @Test
    void words_meet_across_plural_tense_and_the_case_of_code() {
        assertEquals(Word.stem("flights"), Word.stem("Flight"));
        assertEquals(Word.stem("booking"), Word.stem("book"));
        assertEquals(Word.stem("searches"), Word.stem("search"));
        assertEquals(Word.stem("cities"), Word.stem("city"));
        assertEquals(List.of("list", "payment", "method"), Word.ofName("listPaymentMethods"));
        assertEquals(List.of("payment", "method"), Word.ofName("/payment_methods"));
    }

    @Test
    void words_stand_where_they_were_read() {
        Check.forAll(random -> {
            String text = Gen.text(random, 12);

            int last = 0;
            for (Word word : Word.of(text)) {
                assertEquals(word.text(), text.substring(word.span().start(), word.span().end()));
                assertTrue(word.span().start() >= last);
                last = word.span().end();
            }
        });
    }

    private static Proposal best(String text) {
        return new PlainParser().understand(new Task(text), CATALOG).proposals().getFirst();
    }

    private static Constraint one(String value) {
        return new Constraint.OneOf(List.of(value));
    }

    private static Parameter query(String name) {
        return new Parameter(Place.QUERY, name, true, "string", CITIES, "");
    }

    private static Operation operation(
            String service,
            String name,
            HttpMethod method,
            String path,
            Trait trait,
            Parameter... parameters) {
        return new Operation(
                new OperationId(new ServiceId(service), name),
                method,
                PathTemplate.parse(path),
                EnumSet.of(trait),
                List.of(parameters),
                "",
                List.of());
    }
}
