package dev.daypass.examples.cluster;

import dev.daypass.cli.Answer;
import dev.daypass.cli.Unreachable;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Has one thing after the other go wrong at random moments under load (processes are killed or
/// stand still, links swallow what they carry, are cut or slow) and measures how long it takes
/// until everything works again. What must hold: nothing that was answered is lost, and after an
/// end was answered no edge accepts that account's token.
final class Chaos {
    private static final int VISITORS = 4;
    private static final long QUIET_MILLIS_MAX = 1_500;
    private static final long RECOVERY_SECONDS_MAX = 240;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Deployment deployment;
    private final PrintStream out;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Queue<Visit.Came> came = new ConcurrentLinkedQueue<>();
    private final List<Double> recoveries = new ArrayList<>();

    /// @param seed of what goes wrong when; what the machine does is chance all the same
    Chaos(Deployment deployment, long seed, PrintStream out) {
        this.deployment = deployment;
        this.out = out;
        this.random = new Random(seed);
    }

    /// @return whether everything held
    boolean run(Duration time) {
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < VISITORS; i++) {
            long own = random.nextLong();
            visitors.add(Thread.ofPlatform().name("visitor-" + i).start(() -> visit(own)));
        }
        long end = System.nanoTime() + time.toNanos();
        boolean recovered = true;
        while (recovered && System.nanoTime() < end) {
            pause(random.nextLong(QUIET_MILLIS_MAX));
            recovered = overcome(Trouble.any(deployment, random));
        }
        stopped.set(true);
        visitors.forEach(Chaos::joined);
        return told(recovered);
    }

    private void visit(long seed) {
        var visit = new Visit(deployment, new Random(seed));
        while (!stopped.get()) {
            came.add(visit.once());
        }
    }

    /// @return whether everything worked again by itself
    private boolean overcome(Trouble trouble) {
        long lasts = random.nextLong(trouble.millisMax());
        long from = System.nanoTime();
        trouble.begin().run();
        pause(lasts);
        trouble.end().run();
        boolean whole = whole(from + TimeUnit.SECONDS.toNanos(RECOVERY_SECONDS_MAX));
        double seconds = (System.nanoTime() - from) / NANOS_PER_SECOND;
        recoveries.add(seconds);
        out.printf(
                Locale.ROOT,
                "  %-34s for %.1f s, %s after %.1f s%n",
                trouble.what(),
                lasts / MILLIS_PER_SECOND,
                whole ? "all works" : "NOT ALL WORKS",
                seconds);
        return whole;
    }

    /// Whether an account opens and ends at each broker, and each edge serves, before `until`.
    private boolean whole(long until) {
        var visit = new Visit(deployment, new Random(0));
        List<URI> brokers = deployment.brokers();
        List<URI> edges = deployment.edges();
        for (int i = 0; i < Math.max(brokers.size(), edges.size()); ) {
            Visit.Came one =
                    visit.through(
                            brokers.get(i % brokers.size()),
                            edges.get(i % edges.size()),
                            brokers.get((i + 1) % brokers.size()));
            came.add(one);
            if (one.whole()) {
                i++;
            } else if (System.nanoTime() > until) {
                return false;
            } else {
                pause(50);
            }
        }
        return true;
    }

    private boolean told(boolean recovered) {
        List<Visit.Came> all = List.copyOf(came);
        long opened = all.stream().filter(one -> !one.account().isEmpty()).count();
        long ended = all.stream().filter(Visit.Came::ended).count();
        long accepted = all.stream().mapToLong(one -> one.accepted().size()).sum();
        long lost = all.stream().filter(this::lost).count();
        boolean verified = verified();
        recoveries.sort(null);
        out.printf(
                Locale.ROOT,
                "%n  %d troubles; all worked again after %.1f s in the middle, %.1f s at worst%n",
                recoveries.size(),
                recoveries.isEmpty() ? 0 : recoveries.get(recoveries.size() / 2),
                recoveries.isEmpty() ? 0 : recoveries.getLast());
        out.printf("  %d accounts opened, %d ended: %d lost%n", opened, ended, lost);
        out.printf("  tokens that an edge took after their end was answered: %d%n", accepted);
        out.printf("  the ledger %s%n", verified ? "verifies" : "DOES NOT VERIFY");
        boolean good = recovered && lost == 0 && accepted == 0 && verified && opened > 0;
        out.println(good ? "  Everything held." : "  SOMETHING DID NOT HOLD.");
        return good;
    }

    /// Whether an answer is forgotten: an account is not there, or lives though its end was
    /// answered.
    private boolean lost(Visit.Came one) {
        if (one.account().isEmpty()) {
            return false;
        }
        Answer told = deployment.operator(0).send("GET", "/v1/accounts/" + one.account(), null);
        return !told.good() || (one.ended() && !told.text("state").orElse("").equals("ended"));
    }

    private boolean verified() {
        try {
            for (int i = 0; i < deployment.brokers().size(); i++) {
                Answer answer = deployment.operator(i).send("GET", "/v1/ledger/verify", null);
                if (!answer.text("verified").orElse("").equals("true")) {
                    out.println("  " + answer.bodyText());
                    return false;
                }
            }
            return true;
        } catch (Unreachable e) {
            out.println("  " + e.getMessage());
            return false;
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
