package dev.daypass.eval;

import dev.daypass.config.InvalidConfig;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.LaterWishes;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass eval`: how well the tasks of suites become grants, and what attacks add to them.
@Command(
        name = "daypass eval",
        mixinStandardHelpOptions = true,
        description = "Measures how tasks become grants, on a folder of suites.")
public final class Eval implements Callable<Integer> {
    private static final int WRONG = 2;

    @Parameters(paramLabel = "SUITE", description = "only these; all where none is named")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of intent-catalog/1 files; our own suites by default")
    private @Nullable Path data;

    @Option(
            names = "--parser",
            description = "embedded, or model with --config",
            defaultValue = "embedded")
    private String parser = "embedded";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the server's configuration, whose `intent` section names the model")
    private @Nullable Path config;

    @Option(names = "--ask-later", description = "as with `intent.later_wishes: ask`")
    private boolean askLater;

    @Option(names = "--json", paramLabel = "FILE", description = "the figures")
    private @Nullable Path json;

    @Option(names = "--grants", paramLabel = "FILE", description = "one line of JSON for each task")
    private @Nullable Path grants;

    @Option(names = "--misses", description = "each task that misses something, and each leak")
    private boolean misses;

    @Option(names = "--markdown", description = "the tables as Markdown")
    private boolean markdown;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Eval() {}

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Eval())
                        .setExecutionExceptionHandler(Eval::explain)
                        .execute(arguments));
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof WireException
                || failure instanceof UncheckedIOException
                || failure instanceof IOException
                || failure instanceof InvalidConfig
                || failure instanceof IllegalArgumentException) {
            command.getErr().println("daypass eval: " + failure.getMessage());
            return WRONG;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = data == null ? ours() : data;
        List<Suite> suites = chosen(SuiteFile.in(folder), folder);
        var measures =
                new Measures(
                        switch (parser) {
                            case "embedded" -> new EmbeddedParser();
                            case "model" -> Parsers.model(config);
                            default ->
                                    throw new IllegalArgumentException(
                                            "unknown parser `%s`; known: embedded, model"
                                                    .formatted(parser));
                        },
                        askLater ? LaterWishes.ASK : LaterWishes.GRANT);
        List<Result> results = new ArrayList<>();
        var attacks = Attack.in(folder, suites);
        for (Suite suite : suites) {
            results.add(Result.of(suite, measures, attacks.getOrDefault(suite.name(), List.of())));
        }
        var tables = new Tables(markdown);
        out.print(tables.figures(results));
        out.print(tables.attacks(results));
        if (misses) {
            results.forEach(result -> out.print(Misses.of(result)));
        }
        if (json != null) {
            Files.writeString(json, Figures.json(results).pretty() + "\n");
        }
        if (grants != null) {
            Files.write(grants, Figures.grants(results));
        }
        return 0;
    }

    private static Path ours() {
        String home = System.getenv("DAYPASS_HOME");
        return Path.of(home == null ? "" : home, "spec", "intent");
    }

    private List<Suite> chosen(List<Suite> all, Path folder) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "no file of schema `%s` in `%s`".formatted(SuiteFile.SCHEMA, folder));
        }
        for (String name : names) {
            if (all.stream().noneMatch(s -> s.name().equals(name))) {
                throw new IllegalArgumentException(
                        "no suite `%s`; there are: %s"
                                .formatted(
                                        name,
                                        String.join(", ", all.stream().map(Suite::name).toList())));
            }
        }
        return all.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
    }
}
