package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.asking;
import static dev.daypass.broker.House.below;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.refused;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts below accounts, on a real store.
class DelegationTest {
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
    void an_approved_child_ends_with_its_parent_at_the_latest() {
        AccountId parent = house.active(request()).account().id();
        AccountId child = house.asked(below(parent, null, null));
        house.clock.forward(Duration.ofMinutes(9));

        assertNull(join(house.approvals.approve(Sample.TENANT, child, "ada")).refused());

        assertEquals(after(House.TTL_DEFAULT), house.stored(child).deadline());
        AccountId late = house.asked(below(parent, null, null));
        house.clock.forward(Duration.ofMinutes(1));
        assertEquals(
                Refusal.Kind.CONFLICT,
                refused(join(house.approvals.approve(Sample.TENANT, late, "ada"))));
    }

    @Test
    void a_child_is_never_wider_longer_or_richer_than_its_parent() {
        AccountId parent =
                house.active(asking(House.TASK, Duration.ofMinutes(20), 50L)).account().id();

        var child = house.active(below(parent, Duration.ofHours(2), 400L)).account();

        assertEquals(after(Duration.ofMinutes(20)), child.term().deadline());
        assertEquals(50L, child.budget().calls());
        Refusal wider =
                house.refusal(
                        new OpenRequest(
                                claimant(Sample.AGENT, 'A'),
                                "create bookings",
                                null,
                                Set.of(),
                                parent,
                                null));
        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, wider.kind());
    }

    @Test
    void nobody_delegates_from_anothers_account_or_from_one_that_is_over() {
        AccountId parent = house.active(request()).account().id();
        var other =
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'),
                        House.TASK,
                        null,
                        Set.of(),
                        parent,
                        null);

        assertEquals(Refusal.Kind.NOT_FOUND, house.refusal(other).kind());
        join(house.endings.end(Sample.TENANT, parent, EndReason.COMPLETED, Sample.AGENT));
        assertEquals(Refusal.Kind.NOT_FOUND, house.refusal(below(parent, null, null)).kind());
    }
}
