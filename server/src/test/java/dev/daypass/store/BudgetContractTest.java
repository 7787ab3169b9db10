package dev.daypass.store;

import static dev.daypass.store.Sample.draft;
import static dev.daypass.store.Sample.end;
import static dev.daypass.store.Sample.id;
import static dev.daypass.store.Sample.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.ledger.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store promises about budgets: never more than there is, in any account of the tree.
public abstract class BudgetContractTest extends StoreContract {
    private final AtomicInteger next = new AtomicInteger(1_000);

    protected BudgetContractTest(Driver driver) {
        super(driver);
    }

    @Test
    void calls_are_had_until_there_are_none_left() {
        applied(draft(1).calls(10).open());

        assertEquals(7, applied(reserve(id(1), 7)).amount());
        assertEquals(3, applied(reserve(id(1), 7)).amount());
        notApplied(reserve(id(1), 1));

        assertEquals(10, account(id(1)).callsUsed());
        assertEquals(new Fact.CallsReserved(3), heard.getLast().fact());
    }

    @Test
    void calls_given_back_can_be_had_again_and_no_more_come_back_than_were_had() {
        applied(draft(1).calls(10).open());
        applied(reserve(id(1), 4));

        assertEquals(-3, applied(reserve(id(1), -3)).amount());
        assertEquals(-1, applied(reserve(id(1), -5)).amount());
        notApplied(reserve(id(1), -1));

        assertEquals(0, account(id(1)).callsUsed());
        assertEquals(10, applied(reserve(id(1), 11)).amount());
    }

    @Test
    void a_child_spends_from_every_account_above_it() {
        applied(draft(1).calls(10).open());
        applied(draft(2).below(id(1)).open());
        applied(draft(3).below(id(2)).calls(10).open());
        applied(reserve(id(1), 4));

        assertEquals(6, applied(reserve(id(3), 9)).amount());

        assertEquals(10, account(id(1)).callsUsed());
        assertEquals(6, account(id(2)).callsUsed());
        assertEquals(6, account(id(3)).callsUsed());
        notApplied(reserve(id(2), 1));
    }

    @Test
    void the_deepest_account_still_spends_from_the_topmost() {
        applied(draft(0).calls(3).open());
        for (int i = 1; i <= 15; i++) {
            applied(draft(i).below(id(i - 1)).open());
        }

        assertEquals(3, applied(reserve(id(15), 5)).amount());
        assertEquals(3, account(id(0)).callsUsed());
    }

    @Test
    void an_account_that_is_over_waits_or_belongs_to_another_tenant_has_no_calls() {
        applied(draft(1).calls(10).open());
        applied(reserve(id(1), 5));
        applied(end(id(1)));
        applied(draft(2).calls(10).waiting().open());
        applied(draft(3).calls(10).open());

        for (long calls : new long[] {1, -1}) {
            notApplied(reserve(id(1), calls));
            notApplied(reserve(id(2), calls));
            notApplied(reserve(id(4), calls));
            notApplied(new Change.Reserve(Sample.OTHER_TENANT, id(3), calls));
        }
        assertEquals(5, account(id(1)).callsUsed());
    }

    @Test
    void a_spent_account_can_be_ended_for_that() {
        var spent = new Change.End.Only(null, null, true);
        applied(draft(1).calls(2).open());
        applied(draft(2).open());
        applied(reserve(id(1), 1));
        applied(reserve(id(2), 1_000));

        notApplied(end(id(1), spent));
        notApplied(end(id(2), spent));
        applied(reserve(id(1), 1));

        applied(end(id(1), spent));
    }

    @Test
    void many_who_reserve_at_once_have_together_what_there_is() {
        applied(draft(1).calls(100).open());
        applied(draft(2).below(id(1)).open());
        applied(draft(3).below(id(1)).calls(60).open());
        long had;

        try (var racers = Executors.newFixedThreadPool(6)) {
            var all = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < 6; i++) {
                int child = 2 + i % 2;
                all.add(CompletableFuture.supplyAsync(() -> drained(child), racers));
            }
            had = all.stream().mapToLong(CompletableFuture::join).sum();
        }

        assertEquals(100, had);
        assertEquals(100, account(id(1)).callsUsed());
        assertTrue(account(id(3)).callsUsed() <= 60);
    }

    private long drained(int child) {
        long had = 0;
        while (outcome(reserve(id(child), 7)) instanceof Outcome.Applied(var _, var amount)) {
            had += amount;
        }
        return had;
    }

    @Test
    void any_order_of_reserving_giving_back_and_ending_agrees_with_plain_arithmetic() {
        Check.forAll(25, random -> new Trial(random).run());
    }

    /// A random tree of accounts, beside the same tree as plain numbers.
    private final class Trial {
        private final Random random;
        private final List<Node> nodes = new ArrayList<>();

        Trial(Random random) {
            this.random = random;
        }

        void run() {
            grow();
            for (int i = 0; i < 30; i++) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                if (random.nextInt(12) == 0) {
                    outcome(end(id(node.number)));
                    node.end(nodes);
                } else {
                    long calls = random.nextInt(-6, 12);
                    long expected = node.reserve(calls);
                    assertEquals(expected, amount(outcome(reserve(id(node.number), calls))));
                }
                nodes.forEach(this::same);
            }
        }

        private void grow() {
            for (int i = 0; i < 6; i++) {
                Node parent =
                        i == 0 || random.nextInt(4) == 0 ? null : nodes.get(random.nextInt(i));
                Long max = random.nextInt(3) == 0 ? null : (long) random.nextInt(1, 25);
                var node = new Node(next.incrementAndGet(), parent, max);
                var opened = draft(node.number);
                opened = parent == null ? opened : opened.below(id(parent.number));
                applied((max == null ? opened : opened.calls(max)).open());
                nodes.add(node);
            }
        }

        private void same(Node node) {
            long used = account(id(node.number)).callsUsed();
            assertEquals(node.used, used);
            assertTrue(used >= 0 && (node.max == null || used <= node.max));
        }
    }

    private static long amount(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var _, var amount) -> amount;
            case Outcome.NotApplied _ -> 0;
        };
    }

    private static final class Node {
        private final int number;
        private final @Nullable Node parent;
        private final @Nullable Long max;
        private long used;
        private boolean over;

        Node(int number, @Nullable Node parent, @Nullable Long max) {
            this.number = number;
            this.parent = parent;
            this.max = max;
        }

        long reserve(long calls) {
            long had = calls;
            for (Node node = this; node != null; node = node.parent) {
                if (node.over) {
                    return 0;
                }
                had = node.max == null ? had : Math.min(had, node.max - node.used);
                had = Math.max(had, -node.used);
            }
            for (Node node = this; node != null; node = node.parent) {
                node.used += had;
            }
            return had;
        }

        void end(List<Node> all) {
            over = true;
            for (Node node : all) {
                if (equals(node.parent) && !node.over) {
                    node.end(all);
                }
            }
        }
    }
}
