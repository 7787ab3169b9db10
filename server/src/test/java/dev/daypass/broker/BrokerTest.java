package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.asking;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.ServiceId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opening and explaining, on a real store.
class BrokerTest {
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
    void an_account_is_durable_and_heard_before_its_token_is_out() {
        Opening.Active opened = house.active(request());

        assertEquals(AccountState.ACTIVE, house.stored(opened.account().id()).state());
        assertInstanceOf(Fact.AccountOpened.class, house.heard.getLast().fact());
        assertEquals(after(House.TTL_DEFAULT), opened.tokenExpires());
        assertEquals(1, opened.account().leaves().size());
        assertFalse(opened.toString().contains(opened.token()));
    }

    @Test
    void who_is_not_registered_or_shows_an_old_certificate_is_not_known() {
        var stranger =
                new OpenRequest(
                        claimant(new dev.daypass.identity.AgentId("nobody"), 'A'),
                        House.TASK,
                        null,
                        Set.of(),
                        null,
                        null);
        var old =
                new OpenRequest(
                        claimant(Sample.AGENT, 'C'), House.TASK, null, Set.of(), null, null);
        var elsewhere =
                new OpenRequest(
                        claimant(Sample.OTHER_TENANT, Sample.AGENT, 'A'),
                        House.TASK,
                        null,
                        Set.of(),
                        null,
                        null);

        assertEquals(Refusal.Kind.UNKNOWN_CALLER, house.refusal(stranger).kind());
        assertEquals(Refusal.Kind.UNKNOWN_CALLER, house.refusal(old).kind());
        assertEquals(Refusal.Kind.UNKNOWN_CALLER, house.refusal(elsewhere).kind());
    }

    @Test
    void an_agent_that_opens_too_fast_waits_and_another_does_not() {
        for (int i = 0; i < House.BURST; i++) {
            house.active(request());
        }

        Refusal refused = house.refusal(request());
        assertEquals(Refusal.Kind.TOO_MANY, refused.kind());
        assertTrue(refused.extra().containsKey("retry_after"));
        house.active(
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'), House.TASK, null, Set.of(), null, null));
        house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        house.active(request());
    }

    @Test
    void agents_that_open_too_fast_together_wait_and_a_refused_one_costs_the_others_nothing() {
        var other =
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'), House.TASK, null, Set.of(), null, null);
        for (int i = 0; i < House.BURST; i++) {
            house.active(request());
        }
        for (int i = 0; i < House.TENANT_RATE; i++) {
            assertEquals(Refusal.Kind.TOO_MANY, house.refusal(request()).kind());
        }

        for (int i = House.BURST; i < House.TENANT_RATE; i++) {
            house.active(other);
        }
        Refusal refused = house.refusal(other);

        assertEquals(Refusal.Kind.TOO_MANY, refused.kind());
        assertEquals("all agents together open accounts too fast", refused.detail());
        assertEquals(dev.daypass.wire.Json.of(1), refused.extra().get("retry_after"));
        house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        house.active(other);
    }

    @Test
    void the_time_asked_for_lies_inside_the_ceiling() {
        assertEquals(
                after(Duration.ofHours(2)),
                house.active(asking(House.TASK, Duration.ofHours(2), null))
                        .account()
                        .term()
                        .deadline());
        for (Duration ttl :
                new Duration[] {Duration.ofHours(3), Duration.ZERO, Duration.ofSeconds(-5)}) {
            assertEquals(
                    Refusal.Kind.MALFORMED, house.refusal(asking(House.TASK, ttl, null)).kind());
        }
    }

    @Test
    void no_account_has_more_calls_than_the_ceiling_permits() {
        assertEquals(500L, house.active(request()).account().budget().calls());
        assertEquals(
                500L, house.active(asking(House.TASK, null, 9_000L)).account().budget().calls());
        assertEquals(7L, house.active(asking(House.TASK, null, 7L)).account().budget().calls());
        assertNull(
                house.active(
                                new OpenRequest(
                                        claimant(Sample.OTHER_AGENT, 'B'),
                                        House.TASK,
                                        null,
                                        Set.of(),
                                        null,
                                        null))
                        .account()
                        .budget()
                        .calls());
    }

    @Test
    void a_service_that_is_not_registered_is_named() {
        Refusal refused =
                house.refusal(
                        new OpenRequest(
                                claimant(Sample.AGENT, 'A'),
                                House.TASK,
                                null,
                                Set.of(Sample.SERVICE, new ServiceId("nosuch")),
                                null,
                                null));

        assertEquals(Refusal.Kind.MALFORMED, refused.kind());
        assertEquals("no service `nosuch` is registered", refused.detail());
        assertFalse(refused.next().isEmpty());
    }

    @Test
    void a_task_that_justifies_nothing_opens_nothing_and_is_recorded() {
        Refusal refused = house.refusal(asking("water the plants", null, null));

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refused.kind());
        assertTrue(refused.extra().containsKey("dropped"));
        join(house.broker.open(request(), opening -> opening));
        assertTrue(house.heard.stream().anyMatch(r -> r.fact() instanceof Fact.OpenRefused));
    }

    @Test
    void a_rule_denies_caps_or_asks_a_human() {
        house.rules(
                """
                rules:
                  - {name: never, on: [open], deny: "account.ttl > duration('1h')", message: too long}
                  - {name: small, on: [open], when: 'true', cap: {ttl: 5m, calls: 3}}
                """);
        assertEquals(
                "too long", house.refusal(asking(House.TASK, Duration.ofHours(2), null)).detail());
        Opening.Active capped = house.active(request());
        assertEquals(after(Duration.ofMinutes(5)), capped.account().term().deadline());
        assertEquals(3L, capped.account().budget().calls());
    }

    @Test
    void explaining_tells_the_same_and_changes_nothing() {
        int before = house.heard.size();

        for (int i = 0; i < House.BURST + 1; i++) {
            assertInstanceOf(Explanation.Yes.class, house.broker.explain(request()));
        }
        assertInstanceOf(
                Explanation.No.class, house.broker.explain(asking("water the plants", null, null)));

        assertEquals(before, house.heard.size());
    }

    @Test
    void a_closed_store_opens_nothing() {
        house.store.close();

        assertEquals(Refusal.Kind.UNAVAILABLE, house.refusal(request()).kind());
    }
}
