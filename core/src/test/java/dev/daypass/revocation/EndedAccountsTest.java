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
import java.util.List;
import java.util.Map;
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

    private static AccountId account(int number) {
        return AccountId.of(number, new byte[AccountId.RANDOM_BYTES]);
    }
}
