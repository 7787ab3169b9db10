package dev.daypass.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param names which measurements; where none is named, all but those that take minutes
/// @param json where the figures go as JSON, or `null`
/// @param docs folder of `benchmarks.md` where `edge`, `revoke` and `agents` write their tables, or
///   `null`
/// @param seconds of each measured stretch, 1 to 60
/// @param minutes of `steady`, 1 to 60
/// @param connections of the main stretches, 1 to 256
/// @param directory where the temporary data directories go, or `null` for one on a disk
/// @param data folder of OpenAPI documents that `parse` adds to its operations, or `null` for none
/// @param jvm further options for the server's JVM
record Options(
        List<String> names,
        @Nullable Path json,
        @Nullable Path docs,
        int seconds,
        int minutes,
        int connections,
        @Nullable Path directory,
        @Nullable Path data,
        List<String> jvm) {
    static final String USAGE =
            "daypass bench [open|call|start|storage|revoke|parse|command|run|ledger|living|edge|idle|steady|agents…] [--json FILE] [--docs DIRECTORY] [--seconds 1..60] [--minutes 1..60] [--connections 1..256]"
                    + " [--dir DIRECTORY] [--data DIRECTORY] [--jvm OPTION]";
    static final List<String> ALL =
            List.of(
                    "start", "open", "call", "revoke", "storage", "parse", "command", "run",
                    "ledger");

    private static final List<String> LONG = List.of("living", "edge", "idle", "steady", "agents");

    private static final int SECONDS_DEFAULT = 2;
    private static final int MINUTES_DEFAULT = 10;
    private static final int CONNECTIONS_DEFAULT = 8;

    /// @throws IllegalArgumentException naming the argument and what was permitted
    static Options parse(String... arguments) {
        var names = new ArrayList<String>();
        var jvm = new ArrayList<String>();
        Path json = null;
        Path docs = null;
        Path directory = null;
        Path data = null;
        int seconds = SECONDS_DEFAULT;
        int minutes = MINUTES_DEFAULT;
        int connections = CONNECTIONS_DEFAULT;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--json" -> json = Path.of(value(arguments, ++i, argument));
                case "--docs" -> docs = folder(value(arguments, ++i, argument), argument);
                case "--dir" -> directory = Path.of(value(arguments, ++i, argument));
                case "--data" -> data = folder(value(arguments, ++i, argument), argument);
                case "--jvm" -> jvm.add(value(arguments, ++i, argument));
                case "--seconds" -> seconds = number(value(arguments, ++i, argument), argument, 60);
                case "--minutes" -> minutes = number(value(arguments, ++i, argument), argument, 60);
                case "--connections" ->
                        connections = number(value(arguments, ++i, argument), argument, 256);
                default -> names.add(name(argument));
            }
        }
        return new Options(
                names.isEmpty() ? ALL : List.copyOf(names),
                json,
                docs,
                seconds,
                minutes,
                connections,
                directory,
                data,
                List.copyOf(jvm));
    }

    private static String value(String[] arguments, int at, String option) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException("`%s` needs a value".formatted(option));
        }
        return arguments[at];
    }

    private static Path folder(String text, String option) {
        Path folder = Path.of(text);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        throw new IllegalArgumentException("`%s %s`: expected a directory".formatted(option, text));
    }

    private static int number(String text, String option, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= max) {
                return value;
            }
        } catch (NumberFormatException _) {
            // reported below
        }
        throw new IllegalArgumentException(
                "`%s %s`: expected a number from 1 to %d".formatted(option, text, max));
    }

    private static String name(String argument) {
        if (ALL.contains(argument) || LONG.contains(argument)) {
            return argument;
        }
        throw new IllegalArgumentException(
                "unknown argument `%s`; known: %s, %s"
                        .formatted(argument, String.join(", ", ALL), String.join(", ", LONG)));
    }
}
