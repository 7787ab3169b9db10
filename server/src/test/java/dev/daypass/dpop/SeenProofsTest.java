package dev.daypass.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.dpop.SeenProofs.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeenProofsTest {
    private static final int ROOM = 8;

    private final AtomicLong nanos = new AtomicLong();
    private final SeenProofs seen = new SeenProofs(ROOM, nanos::get);

    @Test
    void a_proof_is_remembered_for_as_long_as_its_nonce_may_be_good() {
        assertEquals(Use.FIRST, seen.use("a", "key", "id"));

        nanos.addAndGet(Nonces.SLOT.multipliedBy(2).toNanos());

        assertEquals(Use.AGAIN, seen.use("a", "key", "id"));
    }

    @Test
    void with_no_room_left_every_new_proof_is_refused_and_old_ones_are_still_known() {
        for (int i = 0; i < ROOM; i++) {
            assertEquals(Use.FIRST, seen.use("agent" + i, "key", "id" + i));
        }

        assertEquals(Use.NO_ROOM, seen.use("late", "key", "new"));
        assertEquals(Use.NO_ROOM, seen.use("late", "key", "new"), "it must not have been put in");
        for (int i = 0; i < ROOM; i++) {
            assertEquals(Use.AGAIN, seen.use("agent" + i, "key", "id" + i));
        }
    }

    @Test
    void room_comes_back_when_proofs_are_over() {
        for (int i = 0; i < ROOM; i++) {
            seen.use("agent" + i, "key", "id" + i);
        }

        nanos.addAndGet(SeenProofs.KEPT.toNanos());

        for (int i = 0; i < ROOM; i++) {
            assertEquals(Use.FIRST, seen.use("agent" + i, "key", "id" + i));
        }
        assertEquals(Use.NO_ROOM, seen.use("late", "key", "new"));
    }

    @Test
    void one_agent_cannot_take_all_the_room() {
        assertEquals(Use.FIRST, seen.use("greedy", "key", "1"));
        assertEquals(Use.FIRST, seen.use("greedy", "another key", "2"));

        assertEquals(Use.NO_ROOM, seen.use("greedy", "a third key", "3"));
        assertEquals(Use.FIRST, seen.use("modest", "key", "4"));
    }

    @Test
    void of_many_who_use_one_proof_at_once_exactly_one_is_first() throws Exception {
        int people = 16;
        var room = new SeenProofs(100_000, nanos::get);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 200; round++) {
                var start = new CyclicBarrier(people);
                String id = "id" + round;
                var all = new ArrayList<Future<Use>>();
                for (int i = 0; i < people; i++) {
                    Callable<Use> use =
                            () -> {
                                start.await();
                                return room.use("agent", "key", id);
                            };
                    all.add(threads.submit(use));
                }
                List<Use> uses = new ArrayList<>();
                for (Future<Use> one : all) {
                    uses.add(one.get());
                }
                assertEquals(1, uses.stream().filter(use -> use == Use.FIRST).count());
                assertTrue(uses.stream().noneMatch(use -> use == Use.NO_ROOM));
            }
        }
    }
}
