package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What is read without the parser of command lines is what the parser reads.
class RunArgumentsTest {
    private static final List<String> WORDS =
            List.of(
                    "--task",
                    "--ttl",
                    "--lease",
                    "--service",
                    "--pass",
                    "--map",
                    "--budget",
                    "--mcp",
                    "--explain",
                    "--detach",
                    "--server",
                    "--identity",
                    "--proxy",
                    "-o",
                    "json",
                    "--debug",
                    "--help",
                    "-h",
                    "--",
                    "--",
                    "--",
                    "--unheard-of",
                    "-",
                    "read the time",
                    "10m",
                    "2h",
                    "0s",
                    "4s",
                    "soon",
                    "clock",
                    "Clock!",
                    "calls=3",
                    "calls=",
                    "calls=x",
                    "calls=-1",
                    "=3",
                    "A=clock",
                    "A=b=c",
                    "A",
                    "https://x:1",
                    "refuse",
                    "pass",
                    "",
                    " ",
                    "'a b'",
                    "\"a b\"",
                    "${sys:user.home}",
                    "@file",
                    "a,b",
                    "--task=x y",
                    "--ttl=5m",
                    "--ttl=",
                    "--mcp=true",
                    "--budget=calls=7",
                    "--map=B=clock",
                    "--service=clock",
                    "sh",
                    "-c",
                    "true",
                    "\u00e9\u4e16",
                    "a\nb",
                    "\\");

    private final Shell shell =
            new Shell(
                    new PrintStream(OutputStream.nullOutputStream()),
                    new PrintStream(OutputStream.nullOutputStream()),
                    InputStream.nullInputStream(),
                    Map.of(),
                    Path.of("."),
                    InstantSource.system(),
                    _ -> {});

    @Test
    void what_is_read_is_what_the_parser_reads() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 3_000; round++) {
            List<String> arguments = arguments(random);
            Optional<RunOptions> read = RunArguments.read(arguments);
            if (read.isPresent()) {
                assertEquals(parsed(arguments), read.get(), "seed " + seed + ": " + arguments);
            }
        }
    }

    @Test
    void what_people_write_is_read_without_the_parser() {
        for (List<String> plain :
                List.of(
                        List.of("run", "--task", "read the time", "--", "true"),
                        List.of(
                                "run",
                                "--task=read \u2013 it's \u20ac5",
                                "--ttl",
                                "10m",
                                "--",
                                "sh",
                                "-c",
                                "a -- b"),
                        List.of(
                                "run",
                                "--service",
                                "a",
                                "--service=b",
                                "--task",
                                "x",
                                "--",
                                "--odd"),
                        List.of(
                                "run",
                                "--map",
                                "A=b=c",
                                "--pass",
                                "X",
                                "--budget",
                                "calls=5",
                                "--task",
                                "x",
                                "--",
                                ""),
                        List.of(
                                "run",
                                "--server",
                                "https://h:1",
                                "--identity",
                                "d",
                                "--task",
                                "x",
                                "--detach",
                                "--mcp",
                                "--explain",
                                "--lease",
                                "9s",
                                "--",
                                "y"))) {
            assertEquals(Optional.of(parsed(plain)), RunArguments.read(plain), plain.toString());
        }
    }

    @Test
    void the_rest_is_left_to_the_parser() {
        for (List<String> other :
                List.of(
                        List.<String>of("version"),
                        List.of("run", "--help"),
                        List.of("run", "--task", "x", "true"),
                        List.of("run", "--task", "x", "--"),
                        List.of("run", "--", "true"),
                        List.of("run", "--task", "x", "--task", "y", "--", "true"),
                        List.of("run", "--task", "--ttl", "--", "true"),
                        List.of("run", "--task", "x", "--ttl", "soon", "--", "true"),
                        List.of("run", "--task", "x", "--service", "Not A Name", "--", "true"),
                        List.of("run", "--task", "x", "--budget", "calls=many", "--", "true"),
                        List.of("run", "--task", "x", "-o", "json", "--", "true"),
                        List.of("run", "--task", "x", "--proxy", "--", "true"),
                        List.of("open", "--task", "x", "--", "true"))) {
            assertTrue(RunArguments.read(other).isEmpty(), other.toString());
        }
    }

    @Test
    void every_option_is_known_or_left_to_the_parser_on_purpose() {
        var left =
                List.of(
                        "--proxy",
                        "--managed-identity",
                        "--output",
                        "-o",
                        "--debug",
                        "--help",
                        "-h");
        for (var option : line(new RunTask(shell)).getCommandSpec().options()) {
            for (String name : option.names()) {
                String value =
                        option.arity().max() == 0 || name.equals("--mcp") ? "" : example(name);
                var arguments = new ArrayList<String>(List.of("run"));
                if (!name.equals("--task")) {
                    arguments.addAll(List.of("--task", "x"));
                }
                arguments.add(name);
                if (!value.isEmpty()) {
                    arguments.add(value);
                }
                arguments.addAll(List.of("--", "true"));
                assertEquals(
                        left.contains(name),
                        RunArguments.read(arguments).isEmpty(),
                        "option " + name);
            }
        }
    }

    private static String example(String name) {
        return switch (name) {
            case "--ttl", "--lease" -> "10m";
            case "--map" -> "A=clock";
            case "--budget" -> "calls=3";
            case "--proxy" -> "refuse";
            case "--managed-identity" -> "aws";
            case "-o", "--output" -> "json";
            default -> "clock";
        };
    }

    private static List<String> arguments(SplittableRandom random) {
        var arguments = new ArrayList<>(List.of("run"));
        // Mostly well-formed, or hardly anything would be read at all.
        arguments.add("--task");
        arguments.add("read it");
        int words = random.nextInt(8);
        for (int at = 0; at < words; at++) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            arguments.add(word);
            if (random.nextInt(3) > 0 && word.startsWith("--") && word.length() > 2) {
                arguments.add(
                        random.nextBoolean()
                                ? example(word)
                                : WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        arguments.addAll(List.of("--", "sh", "-c", "--task"));
        if (random.nextInt(10) == 0) {
            arguments.remove(random.nextInt(arguments.size()));
        }
        return arguments;
    }

    private RunOptions parsed(List<String> arguments) {
        var task = new RunTask(shell);
        line(task).parseArgs(arguments.subList(1, arguments.size()).toArray(new String[0]));
        return task.options();
    }

    private CommandLine line(RunTask task) {
        return Commands.configured(new CommandLine(task), shell);
    }
}
