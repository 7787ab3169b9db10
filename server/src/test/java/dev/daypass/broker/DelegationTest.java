package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.asking;
import static dev.daypass.broker.House.below;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.refused;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.Account;
import dev.daypass.account.Delegation;
import dev.daypass.account.EndReason;
import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Granted;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import dev.daypass.token.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

    @Test
    void what_has_a_token_that_fits_is_told_from_what_has_not() {
        for (int services : new int[] {1, 8, 30}) {
            Account account = deep(services);

            int length =
                    house.minting.token(account, account.term().opened(), null).compact().length();

            assertEquals(
                    length <= Claims.TOKEN_BYTES_MAX, house.minting.fits(account), "" + length);
        }
        assertTrue(house.minting.fits(deep(1)));
        assertFalse(house.minting.fits(deep(30)));
    }

    /// Below fifteen others, with names as long as they may be.
    private Account deep(int services) {
        var agent = new AgentId("a".repeat(63));
        List<Leaf> leaves =
                IntStream.range(10, 10 + services)
                        .mapToObj(i -> new ServiceId("s".repeat(61) + i))
                        .map(DelegationTest::leaf)
                        .toList();
        return new Account(
                Sample.id(1),
                Sample.TENANT,
                agent,
                House.TASK,
                Granted.of(leaves),
                House.print('A'),
                new Account.Term(Sample.START, Sample.START.plus(Duration.ofHours(1))),
                Budget.UNLIMITED,
                new Delegation(
                        IntStream.range(2, 17)
                                .mapToObj(i -> new Actor(agent, Sample.id(i)))
                                .toList(),
                        Set.of(),
                        0),
                List.of(),
                null);
    }

    private static Leaf leaf(ServiceId service) {
        var permission =
                new Permission(
                        new OperationId(service, "listOffers"),
                        HttpMethod.GET,
                        PathTemplate.parse("/offers"),
                        Map.of(),
                        List.of());
        return new Leaf(permission, Set.of(Trait.READ), "list the offers");
    }
}
