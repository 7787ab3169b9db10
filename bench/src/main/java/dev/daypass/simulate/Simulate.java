package dev.daypass.simulate;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// `daypass simulate`: runs the revocation protocol through as many runs as one likes, or one run
/// again.
public final class Simulate {
    private static final String USAGE =
            """
            usage: daypass simulate [--seeds N] [--from SEED] [--seed SEED] [--bug NAME]
              --seeds N     how many runs, each with a seed of its own (default: 1000)
              --from SEED   where the seeds start (default: the clock says)
              --seed SEED   only this one, and print all that happens
              --bug NAME    plant a mistake: skip-the-margin, acknowledge-before-applying,
                            forget-a-restart, strike-at-once, count-from-the-answer, trust-silence
            """;

    private Simulate() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try {
            status = run(Arguments.of(arguments), out);
        } catch (IllegalArgumentException e) {
            System.err.print("daypass: " + e.getMessage() + "\n" + USAGE);
            status = 2;
        }
        System.exit(status);
    }

    private record Arguments(long seeds, long from, boolean one, Bug bug) {
        static Arguments of(String[] given) {
            long seeds = 1_000;
            long from = System.nanoTime();
            boolean one = false;
            Bug bug = Bug.NONE;
            for (int i = 0; i < given.length; i += 2) {
                if (i + 1 == given.length) {
                    throw new IllegalArgumentException("`" + given[i] + "` needs a value");
                }
                String value = given[i + 1];
                switch (given[i]) {
                    case "--seeds" -> seeds = number(value);
                    case "--from" -> from = number(value);
                    case "--seed" -> {
                        from = number(value);
                        one = true;
                    }
                    case "--bug" ->
                            bug = Bug.valueOf(value.replace('-', '_').toUpperCase(Locale.ROOT));
                    default -> throw new IllegalArgumentException("unknown: `" + given[i] + "`");
                }
            }
            return new Arguments(seeds, from, one, bug);
        }

        private static long number(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException("`" + text + "` is not a number");
            }
        }
    }

    private static int run(Arguments arguments, PrintStream out) {
        if (arguments.one()) {
            Simulation.Result result =
                    Simulation.run(arguments.from(), arguments.bug(), out::println);
            out.println(told(List.of(result)));
            return result.broken().isEmpty() ? 0 : 1;
        }
        out.printf("%d runs from seed %d%n", arguments.seeds(), arguments.from());
        var seeds = new SplittableRandom(arguments.from());
        var results = new ArrayList<Simulation.Result>();
        for (long i = 0; i < arguments.seeds(); i++) {
            long seed = seeds.nextLong();
            Simulation.Result result = Simulation.run(seed, arguments.bug(), _ -> {});
            results.add(result);
            if (!result.broken().isEmpty()) {
                out.printf(
                        "broken in run %d: %s%nagain with: daypass simulate --seed %d%n",
                        i + 1, result.broken(), seed);
                return 1;
            }
            if ((i + 1) % 1_000 == 0) {
                out.printf("%d runs, none broken%n", i + 1);
            }
        }
        out.println(told(results));
        return 0;
    }

    private static String told(List<Simulation.Result> results) {
        return "%d runs, %d steps, %d revocations answered: %d acknowledgements, %d leases waited out; broken: %d"
                .formatted(
                        results.size(),
                        results.stream().mapToLong(Simulation.Result::steps).sum(),
                        results.stream().mapToLong(Simulation.Result::answered).sum(),
                        results.stream().mapToLong(Simulation.Result::acknowledged).sum(),
                        results.stream().mapToLong(Simulation.Result::waitedOut).sum(),
                        results.stream().filter(r -> !r.broken().isEmpty()).count());
    }
}
