package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.store.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ActiveCallsTest {
    private final ActiveCalls calls = new ActiveCalls();
    private final List<String> cut = new ArrayList<>();

    private ActiveCalls.Cuttable call(String name) {
        return new ActiveCalls.Cuttable() {
            @Override
            public void cut() {
                cut.add(name);
            }
        };
    }

    @Test
    void ending_an_account_cuts_its_calls_and_no_others() {
        calls.enter(Sample.id(1), call("a"));
        calls.enter(Sample.id(1), call("b"));
        calls.enter(Sample.id(2), call("c"));

        calls.cut(Sample.id(1));
        calls.cut(Sample.id(3));

        assertEquals(List.of("a", "b"), cut.stream().sorted().toList());
    }

    @Test
    void a_call_that_has_left_is_not_cut_and_the_last_one_is_told_so() {
        var first = call("a");
        var second = call("b");
        calls.enter(Sample.id(1), first);
        calls.enter(Sample.id(1), second);

        assertFalse(calls.leave(Sample.id(1), first));
        assertTrue(calls.leave(Sample.id(1), second));
        calls.cut(Sample.id(1));

        assertEquals(List.of(), cut);
        assertEquals(0, calls.accounts());
    }

    @Test
    void a_call_may_leave_while_it_is_cut() {
        var call =
                new ActiveCalls.Cuttable() {
                    @Override
                    public void cut() {
                        calls.leave(Sample.id(1), this);
                    }
                };
        calls.enter(Sample.id(1), call);

        calls.cut(Sample.id(1));

        assertEquals(0, calls.accounts());
    }

    @Test
    void whoever_enters_and_leaves_at_once_nothing_is_left_behind() {
        var last = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 4; i++) {
                all.add(CompletableFuture.runAsync(() -> enterAndLeave(last), threads));
            }
            all.forEach(CompletableFuture::join);
        }

        assertEquals(0, calls.accounts());
        assertTrue(last.get() > 0);
    }

    private void enterAndLeave(AtomicInteger last) {
        for (int i = 0; i < 2_000; i++) {
            var call = call("x");
            calls.enter(Sample.id(1), call);
            if (calls.leave(Sample.id(1), call)) {
                last.incrementAndGet();
            }
        }
    }
}
