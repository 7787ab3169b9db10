package dev.daypass.examples.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many who do something at the same moment.
final class Crowd {
    private Crowd() {}

    /// What came of each, in order.
    static <T> List<T> of(int people, Callable<T> does) {
        var start = new CountDownLatch(1);
        var out = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < people; i++) {
                all.add(
                        threads.submit(() -> {
                            start.await();
                            return does.call();
                        }));
            }
            start.countDown();
            for (Future<T> one : all) {
                out.add(one.get());
            }
            return out;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
