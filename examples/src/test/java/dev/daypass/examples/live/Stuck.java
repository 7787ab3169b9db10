package dev.daypass.examples.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A service that answers nobody until it is told to.
final class Stuck implements AutoCloseable {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Upstream upstream = Upstream.start(this::answer);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Integer>> calls = new ArrayList<>();

    private void answer(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Upstream.fine(request, in, out);
    }

    String url() {
        return upstream.url();
    }

    /// Makes calls to it that stay under way.
    void fill(Agent agent, Agent.Opened account, int times) {
        for (int i = 0; i < times; i++) {
            calls.add(callers.submit(() -> agent.call("GET", "/slow/x", account).status()));
        }
        await(calls.size());
    }

    /// Waits until so many calls have reached it.
    void await(int count) {
        Await.until(count + " calls are under way", () -> upstream.received().size() == count);
    }

    void release() {
        gate.countDown();
    }

    List<Integer> answers() throws InterruptedException, ExecutionException {
        var out = new ArrayList<Integer>();
        for (Future<Integer> call : calls) {
            out.add(call.get());
        }
        return out;
    }

    @Override
    public void close() {
        release();
        upstream.close();
        callers.close();
    }
}
