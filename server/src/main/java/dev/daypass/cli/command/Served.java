package dev.daypass.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The commands that a server runs for whoever asks it to: they ask the operator API and print what
/// it answers. One that reads or writes a file, reads standard input, waits, or shows an agent's
/// certificate is not among them. The `daypass` script has the same list.
public final class Served {
    /// Of a group, which of its commands.
    static final Map<String, Set<String>> COMMANDS =
            Map.ofEntries(
                    Map.entry("explain", Set.of()),
                    Map.entry("ls", Set.of()),
                    Map.entry("show", Set.of()),
                    Map.entry("approve", Set.of()),
                    Map.entry("deny", Set.of()),
                    Map.entry("revoke", Set.of()),
                    Map.entry("usage", Set.of()),
                    Map.entry("agent", Set.of("ls", "rm")),
                    Map.entry("edge", Set.of("add", "ls", "rm")),
                    Map.entry("service", Set.of("ls", "show", "traits", "tools", "accept", "rm")),
                    Map.entry("rules", Set.of("ls")),
                    Map.entry("ledger", Set.of("shred")),
                    Map.entry("events", Set.of("ls", "rm", "verify", "dead", "retry")));

    private Served() {}

    /// Whether these arguments are such a command, and none of them says where the caller's own
    /// server, files or stack traces are.
    public static boolean includes(List<String> arguments) {
        Set<String> group = arguments.isEmpty() ? null : COMMANDS.get(arguments.getFirst());
        if (group == null) {
            return false;
        }
        boolean listed =
                group.isEmpty() || (arguments.size() > 1 && group.contains(arguments.get(1)));
        return listed && arguments.stream().noneMatch(Served::callersOwn);
    }

    private static boolean callersOwn(String argument) {
        String name = argument.replaceFirst("(?s)=.*", "");
        return name.equals("--console") || name.equals("--data") || name.equals("--debug");
    }
}
