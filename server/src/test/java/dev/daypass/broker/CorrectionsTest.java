package dev.daypass.broker;

import static dev.daypass.broker.House.claimant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.identity.ServiceId;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators say of operations, on a real store.
class CorrectionsTest {
    private static final OperationId OFFERS = new OperationId(Sample.SERVICE, "listOffers");

    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private Corrections.Corrected set(Trait... traits) {
        return house.registry
                .corrections()
                .correct(Sample.TENANT, OFFERS, new Corrections.Edit.Set(Set.of(traits)), "root");
    }

    private Corrections.Corrected edit(Corrections.Edit edit) {
        return house.registry.corrections().correct(Sample.TENANT, OFFERS, edit, "root");
    }

    private Corrections.Judged judged(String operation) {
        List<Corrections.Judged> all =
                house.registry.corrections().of(Sample.TENANT, Sample.SERVICE);
        assertNotNull(all);
        return Objects.requireNonNull(all).stream()
                .filter(one -> one.id().name().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_corrected_trait_holds_for_the_next_opening_and_is_a_fact() {
        house.active(House.request());

        set(Trait.READ, Trait.ADMIN);

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, house.refusal(House.request()).kind());
        assertInstanceOf(Fact.TraitsCorrected.class, factBefore("OpenRefused"));
        var explained = house.broker.explain(House.request());
        assertInstanceOf(Explanation.No.class, explained);
    }

    private Fact factBefore(String type) {
        return house.heard.reversed().stream()
                .map(recorded -> recorded.fact())
                .filter(fact -> !fact.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_explanation_and_the_edge_see_what_was_corrected() {
        set(Trait.READ, Trait.PERSONAL);
        house.enrolled(
                Sample.OTHER_AGENT,
                House.CEILING.replace("delete]", "delete, personal]"),
                House.print('B').value());
        var request =
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'), House.TASK, null, Set.of(), null, null);

        var yes = assertInstanceOf(Explanation.Yes.class, house.broker.explain(request));

        assertEquals(
                Set.of(Trait.READ, Trait.PERSONAL), yes.confined().leaves().getFirst().traits());
        assertEquals("operator:root", Objects.requireNonNull(yes.corrections().get(OFFERS)).by());
        assertNotNull(house.link.route(Sample.TENANT, Sample.SERVICE));
    }

    @Test
    void a_correction_survives_a_new_document_and_is_kept_where_its_operation_is_gone() {
        set(Trait.READ, Trait.PERSONAL);
        house.putFlights();

        assertEquals(Set.of(Trait.READ, Trait.PERSONAL), judged("listOffers").traits());
        house.putService(
                Sample.SERVICE,
                List.of(
                        House.operation(
                                Sample.SERVICE, "createBookings", HttpMethod.POST, Trait.WRITE)));
        assertNull(judged("listOffers").operation());
        house.putFlights();
        assertEquals(Set.of(Trait.READ, Trait.PERSONAL), judged("listOffers").traits());

        house.registry.removeService(Sample.TENANT, Sample.SERVICE);
        house.putFlights();
        assertEquals(Set.of(Trait.READ), judged("listOffers").traits());
    }

    @Test
    void traits_are_added_and_removed_and_what_guards_less_is_warned_of() {
        set(Trait.WRITE, Trait.MONEY, Trait.SECRET);

        var done =
                assertInstanceOf(
                        Corrections.Corrected.Done.class,
                        edit(
                                new Corrections.Edit.Change(
                                        Set.of(Trait.PERSONAL),
                                        Set.of(Trait.MONEY, Trait.SECRET))));

        assertEquals(Set.of(Trait.WRITE, Trait.PERSONAL), done.traits());
        assertEquals(2, done.warnings().size());
        assertThrows(WireException.class, () -> set(Trait.PERSONAL));
        var reset =
                assertInstanceOf(
                        Corrections.Corrected.Done.class, edit(new Corrections.Edit.Reset()));
        assertEquals(Set.of(Trait.READ), reset.traits());
        assertInstanceOf(Corrections.Corrected.Missing.class, edit(new Corrections.Edit.Reset()));
    }

    @Test
    void what_is_not_there_cannot_be_corrected() {
        var edit = new Corrections.Edit.Set(Set.of(Trait.READ));
        for (OperationId id :
                List.of(
                        new OperationId(Sample.SERVICE, "nothing"),
                        new OperationId(new ServiceId("nowhere"), "listOffers"))) {
            assertInstanceOf(
                    Corrections.Corrected.Missing.class,
                    house.registry.corrections().correct(Sample.TENANT, id, edit, "root"));
        }
    }
}
