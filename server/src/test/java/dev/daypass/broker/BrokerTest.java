package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.below;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opening, renewing, approving and ending, on a real store.
class BrokerTest {
    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        house.enrolled(Sample.OTHER_AGENT, null, House.print('B').value());
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private static OpenRequest asking(String task, @Nullable Duration ttl, @Nullable Long calls) {
        return new OpenRequest(claimant(Sample.AGENT, 'A'), task, ttl, Set.of(), null, calls);
    }

    private void rules(String rules) {
        house.registry.putRules(Sample.TENANT, "rules", rules);
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
    void an_agent_that_renews_too_fast_waits_and_writes_nothing() {
        AccountId id = house.active(request()).account().id();
        var claimant = claimant(Sample.AGENT, 'A');
        for (int i = 0; i < House.BURST; i++) {
            assertInstanceOf(Renewal.Renewed.class, join(house.broker.renew(claimant, id)));
        }
        int before = house.heard.size();

        for (int i = 0; i < 100; i++) {
            var refused =
                    assertInstanceOf(Renewal.Refused.class, join(house.broker.renew(claimant, id)));
            assertEquals(Refusal.Kind.TOO_MANY, refused.why().kind());
            assertTrue(refused.why().extra().containsKey("retry_after"));
        }

        assertEquals(before, house.heard.size());
        house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertInstanceOf(Renewal.Renewed.class, join(house.broker.renew(claimant, id)));
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
        rules(
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

    private AccountId waiting(OpenRequest request) {
        rules("rules:\n  - {name: ask, on: [open], approve: 'true', by: ada}\n");
        AccountId id = house.waiting(request).account().id();
        rules("");
        return id;
    }

    @Test
    void a_waiting_account_has_no_token_until_a_human_agrees_and_its_time_starts_then() {
        AccountId id = waiting(request());
        assertInstanceOf(
                Renewal.Refused.class, join(house.broker.renew(claimant(Sample.AGENT, 'A'), id)));
        house.clock.forward(Duration.ofMinutes(30));

        assertNull(join(house.approvals.approve(Sample.TENANT, id, "ada")).refused());

        var renewed =
                assertInstanceOf(
                        Renewal.Renewed.class,
                        join(house.broker.renew(claimant(Sample.AGENT, 'A'), id)));
        assertEquals(after(Duration.ofMinutes(40)), renewed.account().term().deadline());
        assertEquals(after(Duration.ofMinutes(40)), house.stored(id).deadline());
        assertEquals(
                Refusal.Kind.CONFLICT,
                refused(join(house.approvals.approve(Sample.TENANT, id, "ada"))));
    }

    private static Refusal.Kind refused(Ending ending) {
        Refusal why = ending.refused();
        assertEquals(0, ending.accounts());
        return why == null ? Refusal.Kind.UNAVAILABLE : why.kind();
    }

    @Test
    void an_operator_whom_the_rule_does_not_name_cannot_approve_but_can_deny() {
        AccountId id = waiting(request());

        Ending refused = join(house.approvals.approve(Sample.TENANT, id, "eve"));

        assertEquals(Refusal.Kind.FORBIDDEN, refused(refused));
        assertEquals(AccountState.AWAITING_APPROVAL, house.stored(id).state());
        assertNull(join(house.approvals.deny(Sample.TENANT, id, "eve")).refused());
        var ended = assertInstanceOf(Fact.AccountEnded.class, house.heard.getLast().fact());
        assertEquals("operator:eve", ended.by());
    }

    @Test
    void where_two_rules_name_two_operators_both_must_agree_and_both_are_recorded() {
        rules(
                """
                rules:
                  - {name: one, on: [open], approve: 'true', by: ada}
                  - {name: two, on: [open], approve: 'true', by: bob}
                  - {name: any, on: [open], approve: 'true'}
                """);
        AccountId id = house.waiting(request()).account().id();
        for (int i = 0; i < 2; i++) {
            Ending noted = join(house.approvals.approve(Sample.TENANT, id, "bob"));
            assertEquals(new Ending(0, null), noted);
            assertEquals(AccountState.AWAITING_APPROVAL, house.stored(id).state());
        }
        // Whoever only meets the rule that asks for anybody does not stand in for the others.
        assertEquals(new Ending(0, null), join(house.approvals.approve(Sample.TENANT, id, "eve")));

        assertEquals(new Ending(1, null), join(house.approvals.approve(Sample.TENANT, id, "ada")));

        assertEquals(AccountState.ACTIVE, house.stored(id).state());
        var opened = assertInstanceOf(Fact.AccountOpened.class, house.heard.getLast().fact());
        assertEquals("ada, bob, eve", opened.approvedBy());
    }

    @Test
    void who_revokes_is_named_in_the_ledger() {
        AccountId id = house.active(request()).account().id();

        join(house.endings.revoke(Sample.TENANT, id, "ada"));

        var ended = assertInstanceOf(Fact.AccountEnded.class, house.heard.getLast().fact());
        assertEquals("operator:ada", ended.by());
    }

    @Test
    void nobody_approves_what_was_denied_ended_or_is_anothers() {
        AccountId denied = waiting(request());
        AccountId ended = waiting(request());
        assertNull(join(house.approvals.deny(Sample.TENANT, denied, "eve")).refused());
        join(house.endings.end(Sample.TENANT, ended, EndReason.REVOKED, Sample.AGENT));
        AccountId waits = waiting(request());

        for (AccountId id : new AccountId[] {denied, ended}) {
            assertEquals(
                    Refusal.Kind.CONFLICT,
                    refused(join(house.approvals.approve(Sample.TENANT, id, "ada"))));
            assertEquals(
                    Refusal.Kind.CONFLICT,
                    refused(join(house.approvals.deny(Sample.TENANT, id, "eve"))));
        }
        assertEquals(
                Refusal.Kind.NOT_FOUND,
                refused(join(house.approvals.approve(Sample.OTHER_TENANT, waits, "ada"))));
        assertEquals(
                Refusal.Kind.NOT_FOUND,
                refused(join(house.approvals.deny(Sample.OTHER_TENANT, waits, "eve"))));
        assertEquals(AccountState.AWAITING_APPROVAL, house.stored(waits).state());
    }

    @Test
    void an_approved_child_ends_with_its_parent_at_the_latest() {
        AccountId parent = house.active(request()).account().id();
        AccountId child = waiting(below(parent, null, null));
        house.clock.forward(Duration.ofMinutes(9));

        assertNull(join(house.approvals.approve(Sample.TENANT, child, "ada")).refused());

        assertEquals(after(House.TTL_DEFAULT), house.stored(child).deadline());
        AccountId late = waiting(below(parent, null, null));
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
    void only_its_agent_with_its_key_renews_a_living_account_within_its_deadline() {
        AccountId id = house.active(request()).account().id();

        assertInstanceOf(
                Renewal.Renewed.class, join(house.broker.renew(claimant(Sample.AGENT, 'A'), id)));
        assertEquals(Refusal.Kind.NOT_FOUND, renewal(claimant(Sample.OTHER_AGENT, 'B'), id));
        assertEquals(Refusal.Kind.FORBIDDEN, renewal(claimant(Sample.AGENT, 'C'), id));
        house.clock.set(after(House.TTL_DEFAULT));
        assertEquals(Refusal.Kind.CONFLICT, renewal(claimant(Sample.AGENT, 'A'), id));
    }

    private Refusal.Kind renewal(OpenRequest.Claimant claimant, AccountId id) {
        return assertInstanceOf(Renewal.Refused.class, join(house.broker.renew(claimant, id)))
                .why()
                .kind();
    }

    @Test
    void an_agent_ends_its_own_accounts_and_sees_no_others() {
        AccountId id = house.active(request()).account().id();

        Ending foreign =
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.OTHER_AGENT));
        assertEquals(Refusal.Kind.NOT_FOUND, refused(foreign));
        assertTrue(house.broker.find(Sample.TENANT, Sample.OTHER_AGENT, id).isEmpty());
        assertTrue(house.broker.find(Sample.OTHER_TENANT, null, id).isEmpty());

        assertEquals(
                1,
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.AGENT))
                        .accounts());
        Ending again =
                join(house.endings.end(Sample.TENANT, id, EndReason.COMPLETED, Sample.AGENT));
        assertEquals(new Ending(0, null), again, "ending twice is not an error");
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
        AccountId waits = waiting(request());
        var hotels =
                new OpenRequest(
                        claimant(Sample.OTHER_AGENT, 'B'),
                        "list the rooms",
                        null,
                        Set.of(),
                        null,
                        null);
        AccountId other = house.active(hotels).account().id();

        assertEquals(3, house.endings.endAllUsing(Sample.TENANT, Sample.SERVICE, "ada"));

        for (AccountId id : new AccountId[] {first, child, waits}) {
            assertEquals(AccountState.ENDED, house.stored(id).state());
        }
        assertEquals(AccountState.ACTIVE, house.stored(other).state());
        assertEquals(0, house.endings.endAll(Sample.TENANT, Sample.AGENT, "ada"));
        assertEquals(1, house.endings.endAll(Sample.TENANT, null, "ada"));
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
