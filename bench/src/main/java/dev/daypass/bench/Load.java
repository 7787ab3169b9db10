package dev.daypass.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Load from one thread, which also keeps the histogram. Closed-loop: each connection sends its
/// next request when the last one is answered; or paced: each sends at its own times, and an
/// answer's latency counts from the time at which the request was due.
final class Load implements AutoCloseable {
    private static final int SETTLE_MILLIS = 300;
    private static final int WARM_SECONDS = 3;
    private static final int WARM_STRETCHES_MAX = 30;
    private static final int COMPILED_MILLIS_MAX = 30; // of each second

    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;

    Load() {
        boolean epoll = Epoll.isAvailable();
        this.loop =
                new MultiThreadIoEventLoopGroup(
                        1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    /// Where to, and as whom.
    ///
    /// @param port on this host
    /// @param identities TLS contexts that connections take in turn; empty for plain HTTP
    /// @param process what listens there
    /// @param fresh whether each request comes over a connection of its own
    record Target(int port, List<SslContext> identities, ProcessHandle process, boolean fresh) {
        /// With connections that are kept alive.
        Target(int port, List<SslContext> identities, ProcessHandle process) {
            this(port, identities, process, false);
        }

        Target eachTimeNew() {
            return new Target(port, identities, process, true);
        }

        @Nullable SslContext identity(int connection) {
            return identities.isEmpty() ? null : identities.get(connection % identities.size());
        }

        private double cpuNanos() {
            return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
        }
    }

    /// What sends one request after the other.
    interface Sender {
        void go();

        /// Lets what is under way be answered, and sends no more.
        void close();
    }

    /// What is sent, and what becomes of the answers. All on the load's one thread.
    interface Traffic {
        /// @param connection which one asks
        /// @return the next request, or `null` where there is none left
        @Nullable FullHttpRequest next(int connection);

        /// @return whether it was the answer that was expected
        boolean answered(int connection, int status, ByteBuf body);

        /// What an answer says besides.
        default void heard(HttpHeaders headers) {}
    }

    /// Traffic that never ends and whose answers only have to have one status.
    static Traffic endless(int status, IntFunction<FullHttpRequest> requests) {
        return new Traffic() {
            @Override
            public FullHttpRequest next(int connection) {
                return requests.apply(connection);
            }

            @Override
            public boolean answered(int connection, int answered, ByteBuf body) {
                return answered == status;
            }
        };
    }

    /// Runs for some seconds after a short while of settling.
    Sample run(Target target, int connections, double seconds, Traffic traffic) {
        return run(target, connections, seconds, new Run(traffic, settled(), Pace.NONE));
    }

    /// The same at a steady rate.
    ///
    /// @param perSecond requests over all connections together
    Sample paced(
            Target target, int connections, double seconds, Traffic traffic, double perSecond) {
        Pace pace = new Pace(System.nanoTime(), (long) (1e9 / perSecond), connections);
        return run(target, connections, seconds, new Run(traffic, settled(), pace));
    }

    private static long settled() {
        return System.nanoTime() + SETTLE_MILLIS * 1_000_000L;
    }

    private Sample run(Target target, int connections, double seconds, Run run) {
        double cpuNanos = target.cpuNanos();
        List<? extends Sender> open =
                target.fresh()
                        ? visits(target, connections, run)
                        : connect(target, connections, run);
        open.forEach(Sender::go);
        pause(SETTLE_MILLIS + (long) (seconds * 1_000));
        long end = System.nanoTime();
        open.forEach(Sender::close);
        double charged = target.cpuNanos() - cpuNanos;
        return loop.submit(() -> run.sample(end, charged)).syncUninterruptibly().getNow();
    }

    /// Opens connections that each send one request and then stay.
    ///
    /// @return what closes them
    AutoCloseable hold(Target target, int connections, IntFunction<FullHttpRequest> requests) {
        var run = new Run(once(requests), System.nanoTime(), Pace.STAY);
        var open = new ArrayList<Connection>();
        for (int i = 0; i < connections; i++) {
            Connection next = Connection.open(bootstrap, target.port(), target.identity(i), i, run);
            next.go();
            next.awaitEnd(); // one after the other, or an account has too many calls at once
            open.add(next);
        }
        var _ = loop.submit(() -> run.sample(System.nanoTime(), 0)).syncUninterruptibly().getNow();
        return () -> open.forEach(Connection::close);
    }

    private static Traffic once(IntFunction<FullHttpRequest> requests) {
        var asked = new BitSet();
        Traffic endless = endless(200, requests);
        return new Traffic() {
            @Override
            public @Nullable FullHttpRequest next(int connection) {
                if (asked.get(connection)) {
                    return null;
                }
                asked.set(connection);
                return endless.next(connection);
            }

            @Override
            public boolean answered(int connection, int status, ByteBuf body) {
                return endless.answered(connection, status, body);
            }
        };
    }

    /// Runs until the server's compiler has little left to do, at most a minute and a half: what is
    /// measured is how it serves, not how it warms up.
    ///
    /// @param connections that it will be measured with, in turn
    void warm(Child server, Target target, List<Integer> connections, Traffic traffic) {
        int quiet = 0;
        for (int i = 0; i < WARM_STRETCHES_MAX && quiet < connections.size(); i++) {
            double before = server.compilerMillis();
            run(target, connections.get(i % connections.size()), WARM_SECONDS, traffic);
            double compiled = server.compilerMillis() - before;
            quiet = compiled < WARM_SECONDS * COMPILED_MILLIS_MAX ? quiet + 1 : 0;
        }
    }

    /// Runs until there is nothing left to send.
    Sample drain(Target target, int connections, Traffic traffic) {
        double cpuNanos = target.cpuNanos();
        var run = new Run(traffic, System.nanoTime(), Pace.NONE);
        List<Connection> open = connect(target, connections, run);
        open.forEach(Connection::go);
        open.forEach(Connection::awaitEnd);
        long end = System.nanoTime();
        double charged = target.cpuNanos() - cpuNanos;
        return loop.submit(() -> run.sample(end, charged)).syncUninterruptibly().getNow();
    }

    private List<Connection> connect(Target target, int connections, Run run) {
        var open = new ArrayList<Connection>();
        for (int i = 0; i < connections; i++) {
            open.add(Connection.open(bootstrap, target.port(), target.identity(i), i, run));
        }
        return open;
    }

    private List<Visits> visits(Target target, int connections, Run run) {
        var out = new ArrayList<Visits>();
        for (int i = 0; i < connections; i++) {
            out.add(new Visits(bootstrap, target.port(), target.identity(i), i, run));
        }
        return out;
    }

    /// When a connection sends.
    ///
    /// @param startNanos of the first request
    /// @param intervalNanos between the requests of all connections, who take turns; 0 for as soon
    ///   as the last is answered; below 0 for connections that stay when there is nothing left to
    ///   send
    /// @param connections how many take turns
    record Pace(long startNanos, long intervalNanos, int connections) {
        static final Pace NONE = new Pace(0, 0, 1);
        static final Pace STAY = new Pace(0, -1, 1);

        boolean stays() {
            return intervalNanos < 0;
        }

        /// When a connection's next request is due.
        long due(int connection, long number) {
            return intervalNanos > 0
                    ? startNanos + (number * connections + connection) * intervalNanos
                    : System.nanoTime();
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What one stretch gathers. Written by the load's thread only.
    static final class Run {
        private final Traffic traffic;
        private final long countFrom;
        private final Pace pace;
        private final Histogram histogram = new Histogram(3);
        private final AtomicLong answers = new AtomicLong();
        private @Nullable String unexpected;

        Run(Traffic traffic, long countFrom, Pace pace) {
            this.traffic = traffic;
            this.countFrom = countFrom;
            this.pace = pace;
        }

        Traffic traffic() {
            return traffic;
        }

        Pace pace() {
            return pace;
        }

        /// Takes note of an answer.
        ///
        /// @param sentNanos from when its latency counts
        void answered(int connection, FullHttpResponse response, long sentNanos) {
            int status = response.status().code();
            traffic.heard(response.headers());
            if (traffic.answered(connection, status, response.content())) {
                counted(sentNanos);
            } else {
                unexpected(
                        "%d %s"
                                .formatted(
                                        status,
                                        response.content().toString(StandardCharsets.UTF_8)));
            }
        }

        private void counted(long sentNanos) {
            long now = System.nanoTime();
            answers.incrementAndGet();
            if (sentNanos - countFrom >= 0) {
                histogram.recordValue(now - sentNanos);
            }
        }

        /// What makes the whole stretch worthless; the first is kept.
        void unexpected(String what) {
            answers.incrementAndGet();
            if (unexpected == null) {
                unexpected = what;
            }
        }

        private Sample sample(long end, double cpuNanos) {
            if (unexpected != null) {
                throw new IllegalStateException("the load was not answered: " + unexpected);
            }
            return new Sample(
                    histogram.getValueAtPercentile(50) / 1e6,
                    histogram.getValueAtPercentile(99) / 1e6,
                    histogram.getValueAtPercentile(99.9) / 1e6,
                    histogram.getTotalCount() / ((end - countFrom) / 1e9),
                    cpuNanos > 0 ? cpuNanos / 1e3 / answers.get() : Double.NaN);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
