package dev.daypass.broker;

import static dev.daypass.broker.House.below;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How accounts end, on a real store.
class EndingsTest {
    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = House.furnished(home);
    }

    @AfterEach
    void closed() {
        house.close();
    }

    @Test
    void who_revokes_is_named_in_the_ledger() {
        AccountId id = house.active(request()).account().id();

        join(house.endings.revoke(Sample.TENANT, id, "ada"));

        var ended = assertInstanceOf(Fact.AccountEnded.class, house.heard.getLast().fact());
        assertEquals("operator:ada", ended.by());
    }

    @Test
    void an_agent_ends_its_own_accounts_and_sees_no_others() {
        AccountId id = house.active(request()).account().id();

        Revoked foreign =
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.OTHER_AGENT));
        assertEquals(
                Refusal.Kind.NOT_FOUND, java.util.Objects.requireNonNull(foreign.refused()).kind());
        assertTrue(house.broker.find(Sample.TENANT, Sample.OTHER_AGENT, id).isEmpty());
        assertTrue(house.broker.find(Sample.OTHER_TENANT, null, id).isEmpty());

        assertEquals(
                1,
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.AGENT))
                        .accounts());
        Revoked again =
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.AGENT));
        assertEquals(0, again.accounts(), "ending twice is not an error");
        assertNull(again.refused());
    }

    @Test
    void everything_of_an_agent_or_a_service_ends_in_one_command() {
        house.putService(
                new ServiceId("hotels"),
                java.util.List.of(
                        House.operation(
                                new ServiceId("hotels"),
                                "listRooms",
                                dev.daypass.permission.HttpMethod.GET,
                                dev.daypass.permission.Trait.READ)));
        AccountId first = house.active(request()).account().id();
        AccountId child = house.active(below(first, null, null)).account().id();
        AccountId waits = house.asked(request());
        var hotels =
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'),
                        "list the rooms",
                        null,
                        Set.of(),
                        null,
                        null);
        AccountId other = house.active(hotels).account().id();

        assertEquals(3, house.endings.endAllUsing(Sample.TENANT, Sample.SERVICE, "ada").accounts());

        for (AccountId id : new AccountId[] {first, child, waits}) {
            assertEquals(AccountState.ENDED, house.stored(id).state());
        }
        assertEquals(AccountState.ACTIVE, house.stored(other).state());
        assertEquals(0, house.endings.endAll(Sample.TENANT, Sample.AGENT, "ada").accounts());
        assertEquals(1, house.endings.endAll(Sample.TENANT, null, "ada").accounts());
    }
}
