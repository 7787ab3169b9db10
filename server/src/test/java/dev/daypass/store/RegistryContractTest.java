package dev.daypass.store;

import static dev.daypass.store.Sample.START;
import static dev.daypass.store.Sample.TENANT;
import static dev.daypass.store.Sample.addAgent;
import static dev.daypass.store.Sample.call;
import static dev.daypass.store.Sample.enrol;
import static dev.daypass.store.Sample.note;
import static dev.daypass.store.Sample.renew;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.ledger.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store promises about agents, services, rules and usage.
public abstract class RegistryContractTest extends StoreContract {
    protected RegistryContractTest(Driver driver) {
        super(driver);
    }

    @Test
    void a_registered_agent_is_kept_and_registering_it_anew_keeps_its_key() {
        applied(enrol("token", START, "print1"));
        var anew =
                new Change.AddAgent(
                        new StoredAgent(TENANT, Sample.AGENT, "ttl: 5m", Map.of(), null, null),
                        Sample.hash("second"),
                        START.plus(Duration.ofMinutes(15)),
                        new Fact.AgentAdded(Sample.AGENT, dev.daypass.wire.Json.object().build()));

        applied(anew);

        assertEquals(
                List.of(
                        new StoredAgent(
                                TENANT,
                                Sample.AGENT,
                                "ttl: 5m",
                                Map.of(),
                                "{\"kty\":\"EC\"}",
                                "print1")),
                store.agents());
        applied(enrol("second", START, "print2"));
    }

    @Test
    void an_enrolment_token_is_used_once() {
        applied(enrol("token", START, "print1"));

        notApplied(enrol("token", START, "print2"));

        assertEquals("print1", store.agents().getFirst().thumbprint());
    }

    @Test
    void an_enrolment_token_that_is_over_unknown_or_replaced_is_refused() {
        Instant until = START.plus(Duration.ofMinutes(15));

        notApplied(enrol("guess", START, "print1"));
        notApplied(enrol("token", until, "print1"));
        applied(addAgent(TENANT, Sample.AGENT, "newer"));
        notApplied(enrol("token", START, "print1"));

        applied(enrol("newer", until.minusMillis(1), "print1"));
    }

    @Test
    void an_enrolment_token_is_good_for_its_own_agent_and_tenant() {
        applied(addAgent(TENANT, Sample.OTHER_AGENT, "theirs"));
        applied(addAgent(Sample.OTHER_TENANT, Sample.AGENT, "rivals"));

        notApplied(enrol("theirs", START, "print1"));
        notApplied(enrol("rivals", START, "print1"));
    }

    @Test
    void only_the_newest_certificate_renews() {
        applied(enrol("token", START, "print1"));
        applied(renew("print1", "print2"));

        notApplied(renew("print1", "print3"));
        notApplied(renew("other", "print3"));

        assertEquals("print2", store.agents().getFirst().thumbprint());
    }

    @Test
    void of_two_that_renew_from_one_certificate_one_wins() {
        applied(enrol("token", START, "print1"));

        var first = store.commit(renew("print1", "print2"));
        var second = store.commit(renew("print1", "print3"));

        assertTrue(done(first) instanceof Outcome.Applied);
        assertTrue(done(second) instanceof Outcome.NotApplied);
    }

    @Test
    void a_removed_agent_is_gone_and_comes_back_without_its_key() {
        applied(enrol("token", START, "print1"));

        applied(new Change.RemoveAgent(TENANT, Sample.AGENT));
        notApplied(new Change.RemoveAgent(TENANT, Sample.AGENT));
        notApplied(renew("print1", "print2"));
        assertEquals(List.of(), store.agents());
        applied(addAgent());

        assertNull(store.agents().getFirst().thumbprint());
    }

    @Test
    void long_default_tasks_are_read_back() {
        var tasks = new java.util.HashMap<ServiceId, String>();
        for (int i = 0; i < 30; i++) {
            tasks.put(new ServiceId("s" + i), "x".repeat(4_000));
        }
        var agent = new StoredAgent(TENANT, Sample.AGENT, null, tasks, null, null);

        applied(new Change.AddAgent(agent, Sample.hash("t"), START, addAgent().fact()));

        assertEquals(tasks, store.agents().getFirst().defaultTasks());
    }

    @Test
    void a_service_is_kept_replaced_and_removed() {
        var credential = new Sealed(new byte[] {1, 2, 3});
        applied(Sample.putService(Sample.SERVICE, credential));
        StoredService kept = store.services().getFirst();
        Sealed sealed = kept.credential();

        assertArrayEquals(credential.bytes(), sealed == null ? new byte[0] : sealed.bytes());
        applied(Sample.putService(Sample.SERVICE, null));
        assertEquals(1, store.services().size());
        assertNull(store.services().getFirst().credential());
        applied(new Change.RemoveService(TENANT, Sample.SERVICE));
        notApplied(new Change.RemoveService(TENANT, Sample.SERVICE));
        assertEquals(List.of(), store.services());
    }

    @Test
    void the_rules_put_last_are_in_force_for_their_tenant() {
        applied(new Change.PutRules(TENANT, new Fact.RulesChanged(1, "rules: one")));
        applied(new Change.PutRules(TENANT, new Fact.RulesChanged(2, "rules: two")));

        assertEquals("rules: two", store.rules(TENANT));
        assertEquals("", store.rules(Sample.OTHER_TENANT));
    }

    @Test
    void calls_and_refusals_are_counted_by_day_in_utc() {
        clock.set(Instant.parse("2026-11-24T23:59:59.999Z"));
        applied(call(Sample.id(1)));
        applied(call(Sample.id(1)));
        applied(note(Sample.id(1), new Fact.CallRefused(Sample.SERVICE, "permitted", "no")));
        clock.forward(Duration.ofMillis(1));
        applied(call(Sample.id(1)));

        assertEquals(
                List.of(row("2026-11-24", 2, 1), row("2026-11-25", 1, 0)), store.usage(TENANT));
        assertEquals(List.of(), store.usage(Sample.OTHER_TENANT));
    }

    private static UsageRow row(String day, long calls, long refused) {
        return new UsageRow("buybot", "flights", java.time.LocalDate.parse(day), calls, refused);
    }

    @Test
    void everything_is_there_after_reopening() {
        applied(enrol("token", START, "print1"));
        applied(Sample.putService(Sample.SERVICE, null));
        applied(Sample.draft(1).open());
        applied(call(Sample.id(1)));
        var agents = store.agents();
        var services = store.services();
        var account = store.account(Sample.id(1));

        reopen();

        assertEquals(agents, store.agents());
        assertEquals(services, store.services());
        assertEquals(account, store.account(Sample.id(1)));
        assertEquals(1, store.usage(TENANT).size());
    }
}
