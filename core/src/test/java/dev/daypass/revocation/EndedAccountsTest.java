package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndedAccountsTest {
    private static final Instant DEADLINE = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void an_ended_account_is_remembered_until_its_deadline_is_past() {
        var ended = new EndedAccounts();
        ended.add(account(1), DEADLINE);

        ended.forgetBefore(DEADLINE);
        assertTrue(ended.contains(account(1)));
        assertFalse(ended.contains(account(2)));

        ended.forgetBefore(DEADLINE.plusNanos(1));
        assertFalse(ended.contains(account(1)));
        assertEquals(0, ended.size());
    }

    @Test
    void the_later_of_two_deadlines_counts_in_any_order() {
        for (List<Integer> order : List.of(List.of(0, 60), List.of(60, 0))) {
            var ended = new EndedAccounts();
            order.forEach(seconds -> ended.add(account(1), DEADLINE.plusSeconds(seconds)));

            ended.forgetBefore(DEADLINE.plusSeconds(30));

            assertTrue(ended.contains(account(1)));
            assertEquals(1, ended.size());
        }
    }

    @Test
    void news_that_comes_twice_or_in_another_order_makes_no_difference() {
        Check.forAll(random -> {
            List<Map.Entry<AccountId, Instant>> news =
                    Gen.list(
                            random,
                            20,
                            r ->
                                    Map.entry(
                                            account(r.nextInt(6)),
                                            DEADLINE.plusSeconds(r.nextInt(9))));
            var again = new ArrayList<>(news);
            again.addAll(news);
            Collections.shuffle(again, random);
            var one = new EndedAccounts();
            var other = new EndedAccounts();
            news.forEach(n -> one.add(n.getKey(), n.getValue()));
            again.forEach(n -> other.add(n.getKey(), n.getValue()));

            Instant now = DEADLINE.plusSeconds(random.nextInt(9));
            one.forgetBefore(now);
            other.forgetBefore(now);

            for (int i = 0; i < 6; i++) {
                assertEquals(one.contains(account(i)), other.contains(account(i)));
            }
            assertEquals(one.size(), other.size());
        });
    }

    @Test
    void a_million_accounts_take_less_than_64_mebibytes_at_every_moment() {
        var ended = new EndedAccounts();
        var random = new Random(1);
        byte[] bytes = new byte[AccountId.RANDOM_BYTES];
        long most = 0;
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(bytes);
            ended.add(AccountId.of(1_790_000_000_000L + i, bytes), DEADLINE);
            if (i % 1_000 == 0) {
                most = Math.max(most, ended.bytes());
            }
        }

        // One of 64 parts at a time is copied when it grows, so at most a part more is held then.
        most += most / 32;
        assertEquals(1_000_000, ended.size());
        assertTrue(most < 64 << 20, most + " bytes");
    }

    @Test
    void what_is_kept_is_exactly_what_was_added_and_not_forgotten() {
        Check.forAll(random -> {
            var ended = new EndedAccounts();
            var reference = new HashMap<AccountId, Instant>();
            for (int i = random.nextInt(2_000); i > 0; i--) {
                AccountId account = any(random);
                Instant deadline = DEADLINE.plusSeconds(random.nextInt(100));
                ended.add(account, deadline);
                reference.merge(account, deadline, (a, b) -> a.isAfter(b) ? a : b);
                if (random.nextInt(300) == 0) {
                    Instant now = DEADLINE.plusSeconds(random.nextInt(100));
                    ended.forgetBefore(now);
                    reference.values().removeIf(until -> until.isBefore(now));
                }
            }
            assertEquals(reference.size(), ended.size());
            reference.keySet().forEach(account -> assertTrue(ended.contains(account)));
            for (int i = 0; i < 50; i++) {
                AccountId other = any(random);
                assertEquals(reference.containsKey(other), ended.contains(other));
            }
        });
    }

    @Test
    void who_looks_while_it_grows_and_forgets_misses_nothing() throws InterruptedException {
        var ended = new EndedAccounts();
        AccountId kept = account(7);
        ended.add(kept, DEADLINE.plusSeconds(1_000));
        var missed = new AtomicInteger();
        var done = new AtomicBoolean();
        Thread looking =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                missed.addAndGet(ended.contains(kept) ? 0 : 1);
                            }
                        });
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            ended.add(any(random), DEADLINE);
            if (i % 5_000 == 0) {
                ended.forgetBefore(DEADLINE.plusSeconds(1));
            }
        }
        done.set(true);
        looking.join();

        assertEquals(0, missed.get());
    }

    @Test
    void an_id_is_told_from_every_other_by_its_bits() {
        Check.forAll(random -> {
            AccountId one = any(random);
            AccountId other = any(random);
            assertEquals(one.equals(other), one.high() == other.high() && one.low() == other.low());
        });
        var last = new AccountId("acc_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assertEquals(-1, last.high());
        assertEquals(-1, last.low());
        assertEquals(1, new AccountId("acc_00000000000000000000000001").low());
    }

    private static AccountId any(Random random) {
        byte[] bytes = new byte[AccountId.RANDOM_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(random.nextBoolean() ? 2 : 256);
        }
        return AccountId.of(random.nextInt(3), bytes);
    }

    private static AccountId account(int number) {
        return AccountId.of(number, new byte[AccountId.RANDOM_BYTES]);
    }
}
