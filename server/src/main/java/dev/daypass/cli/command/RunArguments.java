package dev.daypass.cli.command;

import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.run.TaskRun;
import dev.daypass.wire.Durations;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the arguments of `daypass run` where they are plain, as [RunTask] would, without loading a
/// parser of command lines: that takes longer than all the rest of the start. What it does not
/// wholly understand it leaves to that parser, which also says what is wrong.
final class RunArguments {
    private static final Set<String> ONCE =
            Set.of("--task", "--ttl", "--lease", "--server", "--identity");
    private static final Set<String> REPEATED = Set.of("--service", "--pass", "--map", "--budget");
    private static final Set<String> FLAGS = Set.of("--mcp", "--explain", "--detach");
    private static final String NUMBER = "[0-9]{1,18}";

    private final Map<String, List<String>> values = new HashMap<>();

    private RunArguments() {}

    /// @param arguments of `daypass`, `run` included
    static Optional<RunOptions> read(List<String> arguments) {
        int end = arguments.indexOf("--");
        if (end < 0 || end + 1 == arguments.size() || !arguments.getFirst().equals("run")) {
            return Optional.empty();
        }
        var read = new RunArguments();
        try {
            return read.options(arguments.subList(1, end))
                    ? read.understood(arguments.subList(end + 1, arguments.size()))
                    : Optional.empty();
        } catch (WireException | InvalidName _) {
            return Optional.empty();
        }
    }

    /// Whether each is known, has a value that nobody could take for an option, and stands there as
    /// often as it may.
    private boolean options(List<String> arguments) {
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (FLAGS.contains(name)) {
                if (equals >= 0 || values.put(name, List.of()) != null) {
                    return false;
                }
                continue;
            }
            boolean here = equals >= 0 || rest.hasNext();
            if (!here || !(ONCE.contains(name) || REPEATED.contains(name))) {
                return false;
            }
            if (!add(name, equals >= 0 ? argument.substring(equals + 1) : rest.next())) {
                return false;
            }
        }
        return true;
    }

    private boolean add(String name, String value) {
        if (value.isBlank() || value.startsWith("-") || value.indexOf('"') >= 0) {
            return false;
        }
        List<String> before = values.getOrDefault(name, List.of());
        values.put(
                name,
                java.util.stream.Stream.concat(before.stream(), java.util.stream.Stream.of(value))
                        .toList());
        return before.isEmpty() || REPEATED.contains(name);
    }

    private Optional<RunOptions> understood(List<String> command) {
        String task = one("--task");
        Map<String, String> maps = pairs("--map");
        Map<String, Long> budget = budget();
        if (task == null || maps == null || budget == null) {
            return Optional.empty();
        }
        return Optional.of(
                new RunOptions(
                        new RunOptions.Account(
                                task,
                                new TaskOptions.Bounds(
                                        time("--ttl"),
                                        all("--service").stream().map(ServiceId::new).toList()),
                                budget,
                                lease()),
                        new RunOptions.Program(
                                command,
                                maps,
                                Set.copyOf(all("--pass")),
                                new TaskRun.Extras(
                                        TaskRun.Proxying.NONE,
                                        given("--mcp") ? "-" : null,
                                        Set.of())),
                        new AsAgent.Way(one("--server"), one("--identity")),
                        given("--explain")));
    }

    private @Nullable Duration lease() {
        Duration lease = time("--lease");
        return given("--detach") ? null : lease == null ? RunOptions.LEASE : lease;
    }

    private @Nullable Map<String, Long> budget() {
        Map<String, String> pairs = pairs("--budget");
        if (pairs == null || !pairs.values().stream().allMatch(value -> value.matches(NUMBER))) {
            return null;
        }
        var budget = new LinkedHashMap<String, Long>();
        pairs.forEach((name, value) -> budget.put(name, Long.valueOf(value)));
        return budget;
    }

    /// `null` where one of them is none, or says something that another says differently.
    private @Nullable Map<String, String> pairs(String name) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : all(name)) {
            int equals = pair.indexOf('=');
            if (equals <= 0
                    || equals + 1 == pair.length()
                    || pairs.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                return null;
            }
        }
        return pairs;
    }

    private @Nullable Duration time(String name) {
        String text = one(name);
        return text == null ? null : Durations.parse(text);
    }

    private @Nullable String one(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    private boolean given(String name) {
        return values.containsKey(name);
    }

    private List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
