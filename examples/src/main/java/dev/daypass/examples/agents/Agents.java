package dev.daypass.examples.agents;

import dev.daypass.examples.Pace;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `./daypass agents`: two worked agents, before and after, in one run.
public final class Agents {
    private static final int ROUNDS = 3;
    private static final int ROUNDS_MAX = 100;

    // A transaction takes three seconds: that long do shop and library take, not their client.
    private static final Pace SHOP = new Pace(600, 500, 1_400);
    private static final Pace LIBRARY = new Pace(1_000, 0, 2_000);

    /// Accounts that the server has seen before anything is measured, as one that runs has.
    private static final int WARM = 300;

    private Agents() {}

    /// @param args `--rounds N`, or none
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int rounds;
        try {
            rounds = rounds(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\nusage: daypass agents [--rounds 1..100]");
            System.exit(2);
            return;
        }
        List<Comparison> all;
        try {
            all = compared(rounds, line -> System.err.println("  " + line));
        } catch (IllegalStateException | UncheckedIOException e) {
            System.err.println("daypass agents: " + e.getMessage());
            System.exit(1);
            return;
        }
        all.forEach(comparison -> out.println("\n" + Table.of(comparison)));
        out.println(
                """
                Medians of %d rounds, alternating. The account's opening, a human's answer and its end are counted in. What is first in a process
                loads and connects; under `daypass run` a process has one account and so one transaction.
                Start: from the process to its first step; with `daypass run` a JVM, the opening and the human are in it.
                The SDK reads the agent's own key from a file: a thief of that opens accounts, each within its ceiling, seen and revocable.\
                """
                        .formatted(rounds));
        System.exit(all.stream().allMatch(Comparison::asTold) ? 0 : 1);
    }

    private static int rounds(String... args) {
        if (args.length == 0) {
            return ROUNDS;
        }
        if (args.length != 2 || !args[0].equals("--rounds") || !args[1].matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException("unknown arguments: " + String.join(" ", args));
        }
        return Math.min(Integer.parseInt(args[1]), ROUNDS_MAX);
    }

    /// Both agents in all their ways.
    ///
    /// @param rounds of each way
    /// @param progress told what is going on
    static List<Comparison> compared(int rounds, Consumer<String> progress) {
        if (!Thief.possible()) {
            throw new IllegalStateException("memory of other processes is read as Linux shows it");
        }
        Path directory = temporary();
        try (World world = World.build(directory)) {
            Programs programs = Programs.here();
            progress.accept("a server that has run for a while: %d accounts".formatted(WARM));
            new WarmUp(world).run(WARM);
            world.slowDown(SHOP, LIBRARY);
            return Stream.of(new ShoppingAgent(world, programs), new ResearchAgent(world, programs))
                    .map(worked -> Comparison.of(world, worked, rounds, progress))
                    .toList();
        } finally {
            delete(directory);
        }
    }

    /// The figures of both, by name: for benchmarks.
    ///
    /// @param rounds of each way
    public static Json.Obj measured(int rounds) {
        var out = Json.object().put("rounds", rounds);
        compared(rounds, _ -> {}).forEach(each -> out.put(each.agent(), each.toJson()));
        return out.build();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("daypass-agents");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
