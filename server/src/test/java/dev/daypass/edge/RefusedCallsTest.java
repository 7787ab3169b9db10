package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.budget.Budget;
import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import dev.daypass.store.Sample;
import dev.daypass.token.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How many facts refused calls leave, with a clock that is moved by hand.
class RefusedCallsTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Written written = new Written();
    private final RefusedCalls calls = new RefusedCalls(written, nanos::get);

    /// A broker that only writes down.
    private static final class Written implements EdgeLink {
        private final List<Fact.CallRefused> facts = new ArrayList<>();

        @Override
        public Snapshot join(Consumer<Recorded> news) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable ServiceRoute route(TenantId tenant, ServiceId service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean fresh() {
            return true;
        }

        @Override
        public @Nullable Grant largeGrant(String resourceHash) {
            return null;
        }

        @Override
        public CompletionStage<Long> reserve(TenantId tenant, AccountId account, long calls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void spent(TenantId tenant, AccountId account, long had) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void note(TenantId tenant, AccountId account, AgentId agent, Fact fact) {
            facts.add((Fact.CallRefused) fact);
        }

        @Override
        public CompletionStage<Long> record(
                TenantId tenant, AccountId account, AgentId agent, Fact fact) {
            throw new UnsupportedOperationException();
        }

        /// How many calls the facts tell of.
        long told() {
            return facts.stream().mapToLong(fact -> 1 + fact.unrecorded()).sum();
        }
    }

    private static Claims of(int account) {
        return new Claims(
                "https://edge.test",
                Sample.id(account),
                Sample.AGENT,
                List.of("https://edge.test/shop"),
                Sample.START,
                Sample.START.plus(Sample.LIFE),
                "id",
                new KeyThumbprint.Certificate("A".repeat(43)),
                "hash",
                null,
                Budget.UNLIMITED,
                Sample.TENANT,
                Sample.LIFE,
                null,
                List.of(),
                null);
    }

    private void refused(int account, int times) {
        for (int i = 0; i < times; i++) {
            calls.add(of(account), new Fact.CallRefused(Sample.SERVICE, "permitted", "no " + i));
        }
    }

    @Test
    void the_first_refused_calls_of_an_account_are_recorded_at_once_and_one_by_one() {
        refused(1, RefusedCalls.RECORDED_MAX);

        assertEquals(RefusedCalls.RECORDED_MAX, written.facts.size());
        assertEquals(RefusedCalls.RECORDED_MAX, written.told());
    }

    @Test
    void what_follows_in_the_same_minute_is_counted_and_recorded_once() {
        refused(1, 10_000);
        calls.sweep();
        assertEquals(RefusedCalls.RECORDED_MAX, written.facts.size());

        nanos.addAndGet(RefusedCalls.MINUTE_NANOS);
        calls.sweep();
        calls.sweep();

        assertEquals(RefusedCalls.RECORDED_MAX + 1, written.facts.size());
        assertEquals(10_000, written.told());
        assertEquals("no 9999", written.facts.getLast().why());
    }

    @Test
    void a_new_minute_is_recorded_one_by_one_again_after_the_count_of_the_old() {
        refused(1, RefusedCalls.RECORDED_MAX + 7);
        nanos.addAndGet(RefusedCalls.MINUTE_NANOS);

        refused(1, 1);

        List<Fact.CallRefused> last = written.facts.subList(RefusedCalls.RECORDED_MAX, 22);
        assertEquals(List.of(6L, 0L), last.stream().map(Fact.CallRefused::unrecorded).toList());
        assertEquals(RefusedCalls.RECORDED_MAX + 8, written.told());
    }

    @Test
    void an_account_that_is_refused_much_takes_nothing_from_another() {
        refused(1, 1_000);

        refused(2, 3);

        assertEquals(RefusedCalls.RECORDED_MAX + 3, written.facts.size());
    }

    @Test
    void a_minute_without_anything_left_out_leaves_no_fact_at_its_end() {
        refused(1, 3);
        nanos.addAndGet(RefusedCalls.MINUTE_NANOS);

        calls.sweep();

        assertEquals(3, written.facts.size());
    }
}
