package dev.daypass.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.permission.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant OPENED = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant DEADLINE = OPENED.plusSeconds(600);

    @Test
    void an_account_is_over_at_its_deadline_and_not_before() {
        Account account = account();

        assertFalse(account.expired(OPENED));
        assertFalse(account.expired(DEADLINE.minusNanos(1)));
        assertTrue(account.expired(DEADLINE));
        assertTrue(account.expired(DEADLINE.plusSeconds(1)));
    }

    @Test
    void an_account_must_have_time() {
        assertThrows(IllegalArgumentException.class, () -> new Account.Term(OPENED, OPENED));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Account.Term(OPENED, OPENED.minusNanos(1)));
        assertEquals(Duration.ofNanos(1), new Account.Term(OPENED, OPENED.plusNanos(1)).length());
    }

    @Test
    void the_time_of_an_approved_account_starts_with_the_approval() {
        Instant approved = OPENED.plusSeconds(3_000);

        Account later = account().from(approved);

        assertEquals(new Account.Term(approved, approved.plusSeconds(600)), later.term());
        assertEquals(account().id(), later.id());
        assertEquals(account().budget(), later.budget());
    }

    @Test
    void the_numbers_of_states_in_the_database_never_change() {
        assertEquals(
                Map.of("AWAITING_APPROVAL", 0, "ACTIVE", 1, "ENDED", 2),
                Arrays.stream(AccountState.values())
                        .collect(Collectors.toMap(Enum::name, AccountState::code)));
        for (AccountState state : AccountState.values()) {
            assertEquals(state, AccountState.ofCode(state.code()));
            assertEquals(state, AccountState.of(state.word()));
        }
    }

    @Test
    void the_numbers_of_reasons_in_the_database_never_change() {
        assertEquals(
                Map.of(
                        "COMPLETED",
                        0,
                        "REVOKED",
                        1,
                        "EXPIRED",
                        2,
                        "SPENT",
                        3,
                        "DENIED",
                        4,
                        "UNDECIDED",
                        5,
                        "PARENT_ENDED",
                        6,
                        "LAPSED",
                        7),
                Arrays.stream(EndReason.values())
                        .collect(Collectors.toMap(Enum::name, EndReason::code)));
        for (EndReason reason : EndReason.values()) {
            assertEquals(reason, EndReason.ofCode(reason.code()));
            assertEquals(reason, EndReason.of(reason.word()));
        }
    }

    @Test
    void a_number_or_word_that_is_none_is_refused() {
        for (long code : new long[] {-1, 3, 1L << 32}) {
            assertThrows(IllegalArgumentException.class, () -> AccountState.ofCode(code));
        }
        for (long code : new long[] {-1, 8, 1L << 32}) {
            assertThrows(IllegalArgumentException.class, () -> EndReason.ofCode(code));
        }
        assertThrows(IllegalArgumentException.class, () -> AccountState.of("gone"));
        assertThrows(IllegalArgumentException.class, () -> EndReason.of("gone"));
    }

    @Test
    void nothing_comes_after_the_end_and_nothing_goes_back() {
        var permitted =
                Arrays.stream(AccountState.values())
                        .flatMap(from ->
                                Arrays.stream(AccountState.values())
                                        .filter(from::mayBecome)
                                        .map(to -> from.word() + " to " + to.word()))
                        .toList();

        assertEquals(
                List.of(
                        "awaiting_approval to active",
                        "awaiting_approval to ended",
                        "active to ended"),
                permitted);
    }

    private static Account account() {
        return new Account(
                AccountId.of(OPENED.toEpochMilli(), new byte[AccountId.RANDOM_BYTES]),
                TenantId.DEFAULT,
                new AgentId("shopper"),
                "find offers",
                Granted.of(List.of()),
                new KeyThumbprint.Certificate("A".repeat(43)),
                new Account.Term(OPENED, DEADLINE),
                new Budget(7L));
    }
}
