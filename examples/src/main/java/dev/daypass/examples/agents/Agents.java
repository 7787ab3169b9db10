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
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `./daypass agents`: two worked agents, before and after, in one run.
public final class Agents {
    private static final int ROUNDS = 3;
    private static final int ROUNDS_MAX = 100;

    /// A transaction takes three seconds: that long do shops and libraries take, not their clients.
    private static final Pace PACE = new Pace(600, 500, 1_400);

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
        List<Comparison> all = compared(rounds, line -> System.err.println("  " + line));
        all.forEach(comparison -> out.println("\n" + table(comparison)));
        out.println(
                """
                Transactions: medians of %d, alternating; an account's opening, a human's answer and its end are counted in.
                Start: from the process to its first step; with `daypass run` a JVM, the opening and the human are in it.
                The SDK reads the agent's own key from a file: a thief of that opens accounts, each within its ceiling, seen and revocable.\
                """
                        .formatted(rounds));
        System.exit(all.stream().allMatch(Agents::asTold) ? 0 : 1);
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
        try (World world = World.build(directory, PACE)) {
            Programs programs = Programs.here();
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

    /// Whether no secret is left in any process but the old one's.
    private static boolean asTold(Comparison comparison) {
        return comparison.findings().values().stream()
                .allMatch(finding ->
                        finding.secrets() == (finding.way() == Way.BEFORE ? 1 : 0)
                                && (finding.way() == Way.BEFORE
                                        || finding.left().startsWith("account ended")));
    }

    private static String table(Comparison comparison) {
        var out = new StringBuilder();
        out.append("The %s agent%n".formatted(comparison.agent()));
        out.append(
                "  %-42s %9s %7s  %-34s %-26s %14s %8s%n"
                        .formatted(
                                "",
                                "secrets",
                                "tokens",
                                "a thief gets",
                                "left at the end",
                                "transaction",
                                "start"));
        Finding before = comparison.finding(Way.BEFORE);
        for (Finding finding : comparison.findings().values()) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "  %-42s %9d %7d  %-34s %-26s %7.3f s%s %6.2f s%n",
                            finding.way().title(),
                            finding.secrets(),
                            finding.tokens(),
                            finding.stolen(),
                            finding.left(),
                            finding.median(),
                            finding.way() == Way.BEFORE
                                    ? "      "
                                    : String.format(
                                            Locale.ROOT, "%+5.1f%%", finding.longerThan(before)),
                            finding.medianStart()));
        }
        return out.append(
                        "  secrets: %s, in environment, arguments and memory%n"
                                .formatted(comparison.secretName()))
                .toString();
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
