package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanitorTest {
    private static final Duration KEEP = Duration.ofDays(1);

    @TempDir Path home;
    private House house;
    private Janitor janitor;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, null, House.print('A').value());
        janitor =
                new Janitor(
                        house.store,
                        house.clock,
                        KEEP,
                        new Shredding(house.store, java.time.Duration.ofDays(365)));
    }

    @AfterEach
    void closed() {
        house.close();
    }

    // Forgetting goes through the writer, after the endings.
    private void sweep() {
        janitor.sweep();
    }

    @Test
    void an_account_ends_at_its_deadline_and_not_before() {
        AccountId id = house.active(House.request()).account().id();
        house.clock.set(House.after(House.TTL_DEFAULT).minusMillis(1));
        sweep();
        assertEquals(AccountState.ACTIVE, house.stored(id).state());

        house.clock.forward(Duration.ofMillis(1));
        sweep();

        assertEquals(EndReason.EXPIRED, house.stored(id).reason());
    }

    @Test
    void one_that_nobody_decides_on_is_given_up() {
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                "rules:\n  - {name: ask, on: [open], approve: 'true', by: security}\n");
        AccountId id = house.waiting(House.request()).account().id();
        house.clock.set(House.after(House.APPROVAL_WAIT));

        sweep();

        assertEquals(EndReason.UNDECIDED, house.stored(id).reason());
    }

    @Test
    void what_ended_is_kept_for_a_while_and_then_forgotten() {
        AccountId id = house.active(House.request()).account().id();
        house.clock.set(House.after(House.TTL_DEFAULT));
        sweep();
        house.clock.set(House.after(KEEP));
        sweep();
        assertEquals(AccountState.ENDED, house.stored(id).state());

        house.clock.forward(Duration.ofMillis(1));
        sweep();

        assertTrue(house.store.account(id).isEmpty());
    }

    @Test
    void a_store_that_is_gone_does_not_stop_the_janitor() {
        house.store.close();

        sweep();

        assertEquals(false, house.store.writing());
    }
}
