package dev.daypass.store;

import static dev.daypass.store.Sample.START;
import static dev.daypass.store.Sample.TENANT;
import static dev.daypass.store.Sample.addAgent;
import static dev.daypass.store.Sample.approve;
import static dev.daypass.store.Sample.draft;
import static dev.daypass.store.Sample.end;
import static dev.daypass.store.Sample.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.wire.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every store promises about opening, approving, ending and forgetting accounts.
public abstract class AccountContractTest extends StoreContract {
    protected AccountContractTest(Driver driver) {
        super(driver);
    }

    @Test
    void an_opened_account_is_found_with_all_that_it_was_opened_with() {
        Sample.Draft draft = draft(1).calls(100);

        applied(draft.open());

        assertEquals(draft.stored(), account(id(1)));
        assertInstanceOf(Fact.AccountOpened.class, heard.getLast().fact());
        assertEquals(id(1), heard.getLast().account());
    }

    @Test
    void an_id_opens_once() {
        applied(draft(1).open());

        unavailable(store.commit(draft(1).calls(5).open()));

        assertNull(account(id(1)).callsMax());
        assertEquals(2, verified(store));
    }

    @Test
    void an_account_of_an_unregistered_or_removed_agent_does_not_open() {
        notApplied(draft(1).of(TENANT, Sample.OTHER_AGENT).open());
        notApplied(draft(1).of(Sample.OTHER_TENANT, Sample.AGENT).open());
        applied(new Change.RemoveAgent(TENANT, Sample.AGENT));

        notApplied(draft(1).open());
        assertTrue(store.account(id(1)).isEmpty());
    }

    @Test
    void an_ended_account_keeps_its_row_and_loses_its_details() {
        applied(draft(1).open());
        clock.forward(Duration.ofSeconds(5));

        assertEquals(1, applied(end(id(1))).amount());

        StoredAccount ended = account(id(1));
        assertEquals(AccountState.ENDED, ended.state());
        assertEquals(EndReason.REVOKED, ended.reason());
        assertEquals(START.plusSeconds(5), ended.ended());
        assertNull(ended.details());
        assertEquals(
                new Fact.AccountEnded("revoked", "operator", START.plus(Sample.LIFE)),
                heard.getLast().fact());
    }

    @Test
    void an_account_ends_once_however_many_race_for_it() {
        applied(draft(1).open());
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();

        try (var racers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 40; i++) {
                outcomes.add(
                        CompletableFuture.supplyAsync(() -> store.commit(end(id(1))), racers)
                                .thenCompose(stage -> stage));
            }
            outcomes.forEach(CompletableFuture::join);
        }

        long applied = outcomes.stream().filter(o -> o.join() instanceof Outcome.Applied).count();
        assertEquals(1, applied);
        assertEquals(3, verified(store));
    }

    @Test
    void ending_takes_everything_delegated_along_and_nothing_else() {
        applied(draft(1).open());
        applied(draft(2).below(id(1)).open());
        applied(draft(3).below(id(2)).waiting().open());
        applied(draft(4).below(id(1)).open());
        applied(draft(5).open());
        applied(end(id(4)));

        assertEquals(3, applied(end(id(1))).amount());

        assertEquals(EndReason.REVOKED, account(id(1)).reason());
        assertEquals(EndReason.PARENT_ENDED, account(id(2)).reason());
        assertEquals(EndReason.PARENT_ENDED, account(id(3)).reason());
        assertEquals(EndReason.REVOKED, account(id(4)).reason());
        assertEquals(AccountState.ACTIVE, state(id(5)));
    }

    @Test
    void nothing_opens_below_an_account_that_is_ended_waiting_unknown_or_of_another_tenant() {
        applied(addAgent(Sample.OTHER_TENANT, Sample.AGENT, "t"));
        applied(draft(1).open());
        applied(end(id(1)));
        applied(draft(2).waiting().open());
        applied(draft(3).of(Sample.OTHER_TENANT, Sample.AGENT).open());

        for (int parent : new int[] {1, 2, 3, 4}) {
            notApplied(draft(9).below(id(parent)).open());
            notApplied(draft(9).below(id(parent)).waiting().open());
        }
    }

    @Test
    void a_child_does_not_open_when_its_parent_ends_just_before_it() {
        applied(draft(1).open());

        var ending = store.commit(end(id(1)));
        var opening = store.commit(draft(2).below(id(1)).open());

        assertInstanceOf(Outcome.Applied.class, done(ending));
        assertInstanceOf(Outcome.NotApplied.class, done(opening));
    }

    @Test
    void a_child_ends_no_later_than_its_parent_and_does_not_open_after_its_deadline() {
        Instant deadline = START.plus(Sample.LIFE);
        applied(draft(1).open());

        notApplied(draft(2).below(id(1)).until(deadline.plusMillis(1)).open());
        applied(draft(2).below(id(1)).until(deadline).open());
        clock.set(deadline);

        notApplied(draft(3).below(id(1)).until(deadline).open());
    }

    @Test
    void delegation_goes_fifteen_deep_and_no_deeper() {
        applied(draft(0).open());
        for (int i = 1; i <= 15; i++) {
            applied(draft(i).below(id(i - 1)).open());
        }

        notApplied(draft(16).below(id(15)).open());
        assertEquals(16, applied(end(id(0))).amount());
    }

    @Test
    void an_account_ends_only_for_its_holder_in_its_tenant_and_in_the_state_asked_for() {
        applied(draft(1).open());

        notApplied(end(id(1), Change.End.Only.of(Sample.OTHER_AGENT)));
        notApplied(end(id(1), Change.End.Only.in(AccountState.AWAITING_APPROVAL)));
        notApplied(end(id(1), new Change.End.Only(null, null, true)));
        notApplied(
                new Change.End(
                        Sample.OTHER_TENANT,
                        id(1),
                        Change.End.Only.ANY,
                        EndReason.REVOKED,
                        "operator"));
        notApplied(end(id(2)));

        applied(end(id(1), Change.End.Only.of(Sample.AGENT)));
    }

    @Test
    void a_waiting_account_becomes_active_with_new_times_and_details() {
        applied(draft(1).waiting().open());
        Instant until = START.plus(Duration.ofHours(2));

        Change.Approve approve = approve(id(1), START.plusSeconds(1), until);
        applied(approve);

        StoredAccount approved = account(id(1));
        assertEquals(AccountState.ACTIVE, approved.state());
        assertEquals(START.plusSeconds(1), approved.opened());
        assertEquals(until, approved.deadline());
        assertEquals(CanonicalJson.text(approve.fact().body()), approved.details());
    }

    @Test
    void only_a_waiting_account_is_approved_and_only_once_before_its_deadline() {
        applied(draft(1).waiting().open());
        applied(draft(2).open());
        applied(draft(3).waiting().open());
        applied(end(id(3)));
        applied(draft(4).waiting().open());
        Instant until = START.plus(Duration.ofHours(2));

        applied(approve(id(1), START, until));

        notApplied(approve(id(1), START, until));
        notApplied(approve(id(2), START, until));
        notApplied(approve(id(3), START, until));
        notApplied(approve(id(5), START, until));
        clock.set(START.plus(Sample.LIFE));
        notApplied(approve(id(4), clock.instant(), until));
    }

    @Test
    void an_account_is_not_approved_when_it_or_its_parent_ends_first() {
        applied(draft(1).open());
        applied(draft(2).waiting().open());
        applied(draft(3).below(id(1)).waiting().open());
        Instant until = START.plus(Sample.LIFE);

        var first = store.commit(end(id(1)));
        var second = store.commit(end(id(2)));
        var approvals =
                List.of(
                        store.commit(approve(id(2), START, until)),
                        store.commit(approve(id(3), START, until)));

        assertInstanceOf(Outcome.Applied.class, done(first));
        assertInstanceOf(Outcome.Applied.class, done(second));
        approvals.forEach(a -> assertInstanceOf(Outcome.NotApplied.class, done(a)));
    }

    @Test
    void an_approved_child_ends_no_later_than_its_parent() {
        Instant deadline = START.plus(Sample.LIFE);
        applied(draft(1).open());
        applied(draft(2).below(id(1)).waiting().open());

        notApplied(approve(id(2), START, deadline.plusMillis(1)));
        applied(approve(id(2), START, deadline));
    }

    @Test
    void a_child_is_not_approved_after_its_parents_deadline() {
        applied(draft(1).open());
        applied(draft(2).below(id(1)).waiting().until(START.plus(Duration.ofDays(1))).open());
        clock.set(START.plus(Sample.LIFE));

        notApplied(approve(id(2), clock.instant(), clock.instant()));
    }

    @Test
    void accounts_are_listed_newest_first_by_tenant_agent_and_state() {
        applied(addAgent(Sample.OTHER_TENANT, Sample.AGENT, "t"));
        applied(addAgent(TENANT, Sample.OTHER_AGENT, "t"));
        applied(draft(1).open());
        applied(draft(2).of(TENANT, Sample.OTHER_AGENT).open());
        applied(draft(3).waiting().open());
        applied(draft(4).of(Sample.OTHER_TENANT, Sample.AGENT).open());
        applied(draft(5).open());
        applied(end(id(5)));

        assertEquals(ids(5, 3, 2, 1), listed(new AccountFilter(TENANT, null, null), 10));
        assertEquals(ids(5, 3), listed(new AccountFilter(TENANT, null, null), 2));
        assertEquals(ids(5, 3, 1), listed(new AccountFilter(TENANT, Sample.AGENT, null), 10));
        assertEquals(ids(2, 1), listed(new AccountFilter(TENANT, null, AccountState.ACTIVE), 10));
        assertEquals(
                ids(3),
                listed(
                        new AccountFilter(TENANT, Sample.AGENT, AccountState.AWAITING_APPROVAL),
                        10));
    }

    @Test
    void living_accounts_come_page_by_page_by_id() {
        for (int i = 1; i <= 5; i++) {
            applied(draft(i).open());
        }
        applied(end(id(3)));

        assertEquals(ids(1, 2), ids(store.living(TENANT, null, 2)));
        assertEquals(ids(4, 5), ids(store.living(TENANT, id(2), 2)));
        assertEquals(ids(), ids(store.living(TENANT, id(5), 2)));
        assertEquals(ids(), ids(store.living(Sample.OTHER_TENANT, null, 2)));
    }

    @Test
    void those_that_have_a_lease_are_found_among_all() {
        for (int i = 1; i <= 4; i++) {
            Change.Open open = draft(i).open();
            var lease = i % 2 == 0 ? Duration.ofSeconds(i) : null;
            applied(new Change.Open(open.account(), open.fact(), open.status(), lease));
        }
        applied(end(id(4)));

        assertEquals(ids(2), ids(store.leased(TENANT, null, 10)));
        assertEquals(ids(), ids(store.leased(TENANT, id(2), 10)));
        assertEquals(ids(), ids(store.leased(Sample.OTHER_TENANT, null, 10)));
    }

    @Test
    void whose_accounts_live_is_told_briefly() {
        applied(draft(1).open());
        applied(draft(2).waiting().open());
        applied(draft(3).open());
        applied(end(id(3)));

        var all =
                List.of(
                        new LivingAccount(id(1), Sample.AGENT, false),
                        new LivingAccount(id(2), Sample.AGENT, true));
        assertEquals(all, store.livingBriefly(TENANT, null, 10));
        assertEquals(all.subList(0, 1), store.livingBriefly(TENANT, null, 1));
        assertEquals(all.subList(1, 2), store.livingBriefly(TENANT, id(1), 10));
        assertEquals(List.of(), store.livingBriefly(Sample.OTHER_TENANT, null, 10));
    }

    @Test
    void what_is_overdue_and_what_ended_early_is_told() {
        applied(draft(1).until(START.plusSeconds(10)).open());
        applied(draft(2).until(START.plusSeconds(5)).waiting().open());
        applied(draft(3).until(START.plusSeconds(20)).open());
        applied(draft(4).until(START.plusSeconds(5)).open());
        applied(end(id(4)));

        assertEquals(ids(2, 1), ids(store.overdue(START.plusSeconds(10), 10)));
        assertEquals(ids(2), ids(store.overdue(START.plusSeconds(10), 1)));
        assertEquals(ids(4), ids(store.endedBeforeDeadline(START)));
        assertEquals(ids(), ids(store.endedBeforeDeadline(START.plusSeconds(5))));
    }

    @Test
    void only_old_ended_accounts_are_forgotten() {
        Instant later = START.plus(Sample.A_PART);
        applied(draft(1).until(START.plusSeconds(200)).open());
        applied(draft(2).until(START.plusSeconds(200)).open());
        applied(draft(3).until(START.plusSeconds(200)).open());
        applied(end(id(2)));
        applied(end(id(3)));
        var young = Sample.draft(1);
        applied(
                new Sample.Draft(
                                id(4, later),
                                young.tenant(),
                                young.agent(),
                                young.state(),
                                START.plusSeconds(200),
                                null,
                                null)
                        .open());
        applied(end(id(4, later)));

        assertEquals(0, store.forget(later, 10), "their deadline is still ahead");
        clock.set(START.plusSeconds(200));

        assertEquals(1, store.forget(later, 1));
        assertEquals(1, store.forget(later, 10));
        assertTrue(store.account(id(2)).isEmpty());
        assertTrue(store.account(id(3)).isEmpty());
        assertEquals(AccountState.ACTIVE, state(id(1)));
        assertEquals(AccountState.ENDED, state(id(4, later)));
    }

    private List<AccountId> listed(AccountFilter filter, int limit) {
        return ids(store.accounts(filter, limit));
    }

    private static List<AccountId> ids(List<StoredAccount> accounts) {
        return accounts.stream().map(StoredAccount::id).toList();
    }

    private static List<AccountId> ids(int... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Sample::id).toList();
    }
}
