package dev.daypass.store;

import static dev.daypass.store.Sample.START;
import static dev.daypass.store.Sample.TENANT;
import static dev.daypass.store.Sample.draft;
import static dev.daypass.store.Sample.end;
import static dev.daypass.store.Sample.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store promises about tries to widen accounts.
public abstract class WideningContractTest extends StoreContract {
    protected WideningContractTest(Driver driver) {
        super(driver);
    }

    private static Json.Obj told(int number) {
        return Json.object().put("number", number).put("reason", "more").build();
    }

    private static Fact.AccountWidened widened(int number) {
        return new Fact.AccountWidened(
                Json.object().put("v", number).build(), "hash", told(number), null);
    }

    private static Fact.WideningAsked asked(int number) {
        return new Fact.WideningAsked(
                Json.object().put("v", number).build(), Json.array(List.of()), told(number));
    }

    private static Change.Widen next(AccountId account, int number, Fact fact) {
        return new Change.Widen(TENANT, account, number, false, fact);
    }

    private static Change.Widen decided(AccountId account, int number, Fact fact) {
        return new Change.Widen(TENANT, account, number, true, fact);
    }

    @Test
    void what_was_widened_is_the_accounts_details_and_is_heard() {
        applied(draft(1).open());

        applied(next(id(1), 1, widened(1)));

        assertEquals(CanonicalJson.text(widened(1).body()), account(id(1)).details());
        assertEquals(widened(1), heard.getLast().fact());
        assertEquals(1, store.widenings(id(1)).size());
    }

    @Test
    void a_try_counts_once_and_in_order() {
        applied(draft(1).open());
        applied(next(id(1), 1, widened(1)));

        notApplied(next(id(1), 1, widened(1)));
        notApplied(next(id(1), 3, widened(3)));
        applied(next(id(1), 2, new Fact.WideningRefused("confine", "no", "daypass", told(2))));

        assertEquals(CanonicalJson.text(widened(1).body()), account(id(1)).details());
        assertEquals(
                List.of("AccountWidened", "WideningRefused"),
                store.widenings(id(1)).stream().map(fact -> fact.entry().type()).toList());
    }

    @Test
    void one_that_waits_bars_the_next_until_it_is_decided_once() {
        applied(draft(1).open());
        applied(draft(2).open());
        String before = account(id(1)).details();
        applied(next(id(1), 1, asked(1)));

        assertEquals(before, account(id(1)).details());
        notApplied(next(id(1), 2, widened(2)));
        notApplied(decided(id(2), 1, widened(1)));
        assertEquals(
                List.of(id(1)),
                store
                        .accounts(
                                new AccountFilter(TENANT, null, AccountState.AWAITING_APPROVAL), 10)
                        .stream()
                        .map(StoredAccount::id)
                        .toList());
        applied(decided(id(1), 1, widened(1)));
        notApplied(decided(id(1), 1, widened(1)));
        assertEquals(1, store.widenings(id(1)).size());
        assertTrue(
                store.accounts(new AccountFilter(TENANT, null, AccountState.AWAITING_APPROVAL), 10)
                        .isEmpty());
    }

    @Test
    void an_account_that_has_ended_or_is_over_or_is_anothers_is_not_widened() {
        applied(draft(1).open());
        applied(draft(2).open());
        applied(draft(3).waiting().open());
        applied(end(id(1)));

        notApplied(next(id(1), 1, widened(1)));
        notApplied(next(id(3), 1, widened(1)));
        notApplied(next(id(9), 1, widened(1)));
        notApplied(new Change.Widen(Sample.OTHER_TENANT, id(2), 1, false, widened(1)));
        clock.forward(Sample.LIFE);
        notApplied(next(id(2), 1, widened(1)));
    }

    @Test
    void what_is_forgotten_of_accounts_is_forgotten_of_their_widenings() {
        applied(draft(1).open());
        applied(next(id(1), 1, widened(1)));
        applied(end(id(1)));
        clock.forward(Sample.LIFE.plusSeconds(1));

        assertEquals(1, store.forget(START.plus(Sample.A_PART), 10));
        assertEquals(List.of(), store.widenings(id(1)));
    }
}
