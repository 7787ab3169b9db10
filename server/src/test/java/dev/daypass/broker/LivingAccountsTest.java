package dev.daypass.broker;

import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many accounts one agent may have at once.
class LivingAccountsTest {
    private static final String ALL_WAIT = "rules:\n  - {name: ask, on: [open], approve: 'true'}\n";

    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        house.enrolled(Sample.OTHER_AGENT, House.CEILING, House.print('B').value());
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private List<AccountId> filled() {
        var ids = new ArrayList<AccountId>();
        for (int i = 0; i < House.LIVING_MAX; i++) {
            ids.add(house.active(request()).account().id());
            house.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        }
        return ids;
    }

    @Test
    void an_agent_with_all_the_accounts_it_may_have_is_refused_and_another_is_not() {
        filled();

        Refusal refused = house.refusal(request());

        assertEquals(Refusal.Kind.TOO_MANY, refused.kind());
        assertTrue(refused.detail().contains("25 accounts"), refused.detail());
        assertTrue(refused.extra().containsKey("retry_after"));
        house.active(
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'), House.TASK, null, Set.of(), null, null));
    }

    @Test
    void an_account_that_ends_makes_room_for_one_and_ending_it_twice_for_no_more() {
        List<AccountId> ids = filled();

        for (int i = 0; i < 2; i++) {
            join(
                    house.endings.end(
                            Sample.TENANT, ids.getFirst(), EndReason.COMPLETED, Sample.AGENT));
        }

        house.active(request());
        assertEquals(Refusal.Kind.TOO_MANY, house.refusal(request()).kind());
    }

    @Test
    void accounts_that_wait_for_a_human_have_a_bound_of_their_own_until_they_are_decided() {
        house.registry.putRules(Sample.TENANT, "rules", ALL_WAIT);
        var ids = new ArrayList<AccountId>();
        for (int i = 0; i < House.WAITING_MAX; i++) {
            ids.add(house.waiting(request()).account().id());
        }
        assertEquals(Refusal.Kind.TOO_MANY, house.refusal(request()).kind());

        assertNull(join(house.approvals.approve(Sample.TENANT, ids.get(0), "alice")).refused());
        assertNull(join(house.approvals.deny(Sample.TENANT, ids.get(1), "alice")).refused());

        house.waiting(request());
        house.waiting(request());
        assertEquals(Refusal.Kind.TOO_MANY, house.refusal(request()).kind());
    }

    @Test
    void an_account_that_was_not_recorded_takes_no_place() {
        house.store.close();

        for (int i = 0; i < 3 * House.LIVING_MAX; i++) {
            assertEquals(Refusal.Kind.UNAVAILABLE, house.refusal(request()).kind());
            house.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        }
    }

    @Test
    void living_accounts_are_counted_again_after_a_start() {
        List<AccountId> ids = filled();
        var anew = new LivingAccounts(House.LIVING_MAX, House.WAITING_MAX);
        anew.load(house.store, Sample.TENANT);
        var account = Broker.details(house.stored(ids.getLast())).orElseThrow();

        Refusal refused = anew.enter(account, false);

        assertEquals(Refusal.Kind.TOO_MANY, refused == null ? null : refused.kind());
    }
}
