package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// `daypass bench`: measures a server in a process of its own and prints the figures beside what is
/// expected of them. A missed figure is a finding, not a failure.
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: " + Options.USAGE);
            System.exit(USAGE);
            return;
        }
        Json.Obj result = measure(options, out);
        out.println();
        out.print(Report.table(result));
        if (options.json() != null) {
            Files.writeString(options.json(), result.pretty() + "\n");
        }
        if (options.docs() != null && options.names().contains("edge")) {
            EdgeReport.write(result, options.docs());
        }
        if (options.docs() != null && options.names().contains("revoke")) {
            RevokeReport.write(result, options.docs());
        }
        if (options.docs() != null && options.names().contains("agents")) {
            AgentsReport.write(result, options.docs());
        }
    }

    private static Json.Obj measure(Options options, PrintStream out) {
        Instant begun = Instant.now();
        var result = Json.object();
        try (Site site = Site.make(options)) {
            Json.Obj machine = Machine.describe(site.directory("disk"), site.cores().told());
            out.println(
                    "%s; %s".formatted(begun.truncatedTo(ChronoUnit.SECONDS), site.cores().told()));
            for (String name : options.names()) {
                Instant start = Instant.now();
                out.print("measuring %s … ".formatted(name));
                out.flush();
                Measurement.named(name).measure(site, result);
                out.println(Duration.between(start, Instant.now()).toSeconds() + " s");
            }
            return result.put("date", begun.truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("machine", machine)
                    .put("load_average_after", Figures.of(Machine.load()))
                    .build();
        }
    }
}
