package dev.daypass.broker;

import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.store.Change;
import dev.daypass.store.Sample;
import dev.daypass.store.StoredAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An account with a lease lives while somebody says so, and not much longer.
class HeldAccountsTest {
    private static final Duration LEASE = Duration.ofSeconds(4);

    @TempDir Path home;
    private final AtomicLong nanos = new AtomicLong();
    private House house;
    private HeldAccounts held;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        house.enrolled(Sample.OTHER_AGENT, House.CEILING, House.print('B').value());
        held = started();
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private HeldAccounts started() {
        var started = new HeldAccounts(house.store, nanos::get);
        house.feed.subscribe(started::hear);
        started.load(Sample.TENANT);
        return started;
    }

    private AccountId leased() {
        return house.active(request().leased(LEASE)).account().id();
    }

    /// Lets time pass as it does for a server that looks at it many times a second.
    private void pass(HeldAccounts of, Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 250) {
            nanos.addAndGet(250_000_000L);
            of.tick();
        }
        // What was committed before this is durable once this is.
        join(
                house.store.commit(
                        new Change.End(
                                Sample.TENANT,
                                new AccountId("acc_00000000000000000000000000"),
                                Change.End.Only.ANY,
                                EndReason.REVOKED,
                                "daypass")));
    }

    private String state(AccountId id) {
        StoredAccount stored = house.store.account(id).orElseThrow();
        return stored.state() + (stored.reason() == null ? "" : " " + stored.reason());
    }

    @Test
    void an_account_that_nobody_holds_ends_once_its_lease_has_lapsed_and_no_sooner() {
        AccountId id = leased();

        pass(held, Duration.ofSeconds(4));
        assertEquals("ACTIVE", state(id));

        pass(held, Duration.ofSeconds(1));
        assertEquals("ENDED LAPSED", state(id));
    }

    @Test
    void one_that_is_held_lives() {
        AccountId id = leased();

        for (int i = 0; i < 10; i++) {
            pass(held, Duration.ofSeconds(3));
            assertEquals(LEASE, held.renew(Sample.TENANT, Sample.AGENT, id));
        }

        assertEquals("ACTIVE", state(id));
    }

    @Test
    void one_without_a_lease_needs_nobody() {
        AccountId id = house.active(request()).account().id();

        pass(held, Duration.ofMinutes(2));

        assertEquals("ACTIVE", state(id));
        assertNull(held.renew(Sample.TENANT, Sample.AGENT, id));
    }

    @Test
    void nobody_but_its_agent_holds_it() {
        AccountId id = leased();

        pass(held, Duration.ofSeconds(3));
        assertNull(held.renew(Sample.TENANT, Sample.OTHER_AGENT, id));
        pass(held, Duration.ofSeconds(2));

        assertEquals("ENDED LAPSED", state(id));
        assertNull(held.renew(Sample.TENANT, Sample.AGENT, id));
    }

    @Test
    void a_server_that_starts_gives_each_one_lease_and_then_ends_it() {
        AccountId id = leased();
        HeldAccounts later = started();

        pass(later, Duration.ofSeconds(3));
        assertEquals("ACTIVE", state(id));
        pass(later, Duration.ofSeconds(2));

        assertEquals("ENDED LAPSED", state(id));
    }

    @Test
    void a_server_that_stood_still_counts_that_for_nobody() {
        AccountId id = leased();

        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        held.tick();

        assertEquals("ACTIVE", state(id));
        assertEquals(LEASE, held.renew(Sample.TENANT, Sample.AGENT, id));
    }

    @Test
    void what_another_server_says_about_leases_is_told_from_everything_else() {
        AccountId id = leased();
        pass(held, Duration.ofSeconds(3));

        assertTrue(held.said("{\"held\":[\"%s\"]}".formatted(id)));
        pass(held, Duration.ofSeconds(3));
        assertEquals("ACTIVE", state(id));

        assertFalse(held.said("{\"edge\":\"berlin\",\"nonce\":\"n\",\"applied\":1}"));
        for (String broken :
                new String[] {"{\"held\":", "{\"held\":[1,null,{}]}", "{\"held\":[\"acc_x\"]}"}) {
            assertTrue(held.said(broken), broken);
        }
    }
}
