package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.refused;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What humans agree to and deny, on a real store.
class ApprovalsTest {
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
    void a_waiting_account_has_no_token_until_a_human_agrees_and_its_time_starts_then() {
        AccountId id = house.asked(request());
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

    @Test
    void an_operator_whom_the_rule_does_not_name_cannot_approve_but_can_deny() {
        AccountId id = house.asked(request());

        Ending refused = join(house.approvals.approve(Sample.TENANT, id, "eve"));

        assertEquals(Refusal.Kind.FORBIDDEN, refused(refused));
        assertEquals(AccountState.AWAITING_APPROVAL, house.stored(id).state());
        assertNull(join(house.approvals.deny(Sample.TENANT, id, "eve")).refused());
        var ended = assertInstanceOf(Fact.AccountEnded.class, house.heard.getLast().fact());
        assertEquals("operator:eve", ended.by());
    }

    @Test
    void where_two_rules_name_two_operators_both_must_agree_and_both_are_recorded() {
        house.rules(
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
    void nobody_approves_what_was_denied_ended_or_is_anothers() {
        AccountId denied = house.asked(request());
        AccountId ended = house.asked(request());
        assertNull(join(house.approvals.deny(Sample.TENANT, denied, "eve")).refused());
        join(house.endings.end(Sample.TENANT, ended, EndReason.REVOKED, Sample.AGENT));
        AccountId waits = house.asked(request());

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
}
