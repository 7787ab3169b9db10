package dev.daypass.examples.cluster;

import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs a deployment of many processes on this machine: `./daypass cluster`. With `--chaos SECONDS`
/// one thing after the other goes wrong under load, and it exits with 0 only if everything held.
public final class Cluster {
    private static final Set<String> KNOWN =
            Set.of(
                    "--chaos",
                    "--seed",
                    "--brokers",
                    "--servers",
                    "--edges",
                    "--database",
                    "--nats",
                    "--once");
    private static final String LEASE = "2s";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Cluster() {}

    /// @param args see [#usage()]
    public static void main(String[] args) throws InterruptedException {
        // What PostgreSQL's starter says of its own is for its makers.
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky.test", "off");
        Map<String, String> options;
        try {
            options = options(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + usage());
            System.exit(2);
            return;
        }
        boolean good = false;
        try {
            good = run(options, System.out);
        } catch (RuntimeException e) {
            System.err.println("daypass cluster: " + e.getMessage());
        }
        if (good && !options.containsKey("--chaos") && !options.containsKey("--once")) {
            System.out.println("\nRunning until Ctrl-C.");
            new CountDownLatch(1).await();
        }
        System.exit(good ? 0 : 1);
    }

    private static String usage() {
        return "usage: daypass cluster [--chaos SECONDS [--seed N]] [--brokers N] [--servers N]"
                + " [--edges N] [--database JDBC-URL] [--nats URL] [--once]";
    }

    private static Map<String, String> options(String[] args) {
        var out = new HashMap<String, String>();
        for (int i = 0; i < args.length; i++) {
            if (!KNOWN.contains(args[i])) {
                throw new IllegalArgumentException("unknown option `" + args[i] + "`");
            }
            boolean alone = args[i].equals("--once");
            if (!alone && i + 1 >= args.length) {
                throw new IllegalArgumentException("`" + args[i] + "` needs a value");
            }
            out.put(args[i], alone ? "" : args[++i]);
        }
        for (String number : List.of("--chaos", "--seed", "--brokers", "--servers", "--edges")) {
            if (!out.getOrDefault(number, "1").matches("-?[0-9]{1,18}")) {
                throw new IllegalArgumentException("`" + number + "` needs a number");
            }
        }
        return out;
    }

    /// @return whether everything went as it should
    static boolean run(Map<String, String> options, PrintStream out) {
        var shape =
                new Deployment.Shape(
                        Integer.parseInt(options.getOrDefault("--brokers", "2")),
                        Integer.parseInt(options.getOrDefault("--servers", "0")),
                        Integer.parseInt(options.getOrDefault("--edges", "4")),
                        options.getOrDefault("--database", ""),
                        options.getOrDefault("--nats", ""),
                        LEASE);
        out.printf("Daypass on many processes: what runs where%n%n");
        Deployment deployment = Deployment.start(shape, out);
        boolean toured = tour(deployment, out);
        Revocations.measure(deployment, out);
        String seconds = options.get("--chaos");
        boolean held = seconds == null || chaos(deployment, seconds, options.get("--seed"), out);
        if (!toured || !held) {
            deployment.keep();
        }
        if (seconds != null || options.containsKey("--once")) {
            deployment.close();
        }
        return toured && held;
    }

    private static boolean tour(Deployment deployment, PrintStream out) {
        var visit = new Visit(deployment, new Random(0));
        List<URI> brokers = deployment.brokers();
        boolean good = true;
        for (int i = 0; i < deployment.edges().size(); i++) {
            long start = System.nanoTime();
            Visit.Came came =
                    whole(
                            visit,
                            brokers.get(i % brokers.size()),
                            deployment.edges().get(i),
                            brokers.get((i + 1) % brokers.size()));
            good &= came.whole();
            out.printf(
                    Locale.ROOT,
                    "  opened at %s, called through %s, ended at %s, refused at every edge: %s"
                            + " (%.0f ms)%n",
                    deployment.name(brokers.get(i % brokers.size())),
                    deployment.name(deployment.edges().get(i)),
                    deployment.name(brokers.get((i + 1) % brokers.size())),
                    came.whole() ? "yes" : "NO " + came,
                    (System.nanoTime() - start) / NANOS_PER_MILLI);
        }
        return good;
    }

    /// A machine that has just started many processes may stand still for longer than a lease: then
    /// an edge refuses for a moment, and is asked once more.
    private static Visit.Came whole(Visit visit, URI opens, URI serves, URI ends) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Visit.Came came = visit.through(opens, serves, ends);
        while (!came.whole() && came.accepted().isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            came = visit.through(opens, serves, ends);
        }
        return came;
    }

    private static boolean chaos(
            Deployment deployment, String seconds, @Nullable String given, PrintStream out) {
        long seed = given == null ? new SecureRandom().nextInt() : Long.parseLong(given);
        out.printf("%nChaos for %s s, seed %d%n%n", seconds, seed);
        return new Chaos(deployment, seed, out).run(Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
