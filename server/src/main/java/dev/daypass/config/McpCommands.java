package dev.daypass.config;

import dev.daypass.wire.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the list `mcp_servers` of the configuration file.
final class McpCommands {
    static final int COMMANDS_MAX = 64;
    static final int WORDS_MAX = 100;
    static final int PROCESSES_MAX = 1_000;
    static final int PROCESSES = 16;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private McpCommands() {}

    /// @throws dev.daypass.wire.WireException with line and column of what is wrong
    static List<McpCommand> read(@Nullable Yaml list) {
        if (list == null) {
            return List.of();
        }
        List<Yaml> items = list.items();
        if (items.size() > COMMANDS_MAX) {
            throw list.error("has %d servers; permitted: %d".formatted(items.size(), COMMANDS_MAX));
        }
        var out = new ArrayList<McpCommand>();
        for (Yaml item : items) {
            McpCommand read = command(item);
            if (out.stream().anyMatch(known -> known.name().equals(read.name()))) {
                throw item.require("name").error("is there twice; give each server its own name");
            }
            out.add(read);
        }
        return List.copyOf(out);
    }

    private static McpCommand command(Yaml item) {
        Yaml name = item.require("name");
        if (!NAME.matcher(name.string()).matches()) {
            throw name.error(
                    "is no name; expected 1 to 63 of a-z, 0-9 and `-`, beginning with a letter");
        }
        Yaml directory = item.get("directory");
        Yaml processes = item.get("processes_max");
        var read =
                new McpCommand(
                        name.string(),
                        words(item.require("command")),
                        variables(item.get("environment")),
                        directory == null ? "" : directory.string(),
                        processes == null
                                ? PROCESSES
                                : Math.toIntExact(processes.wholeNumber(1, PROCESSES_MAX)));
        item.end();
        return read;
    }

    private static List<String> words(Yaml list) {
        List<String> words = list.strings();
        if (words.isEmpty() || words.size() > WORDS_MAX || words.getFirst().isEmpty()) {
            throw list.error(
                    "is no command; expected a list of the program and its arguments, at most %d"
                            .formatted(WORDS_MAX));
        }
        return words;
    }

    private static Map<String, String> variables(@Nullable Yaml mapping) {
        var out = new LinkedHashMap<String, String>();
        if (mapping != null) {
            mapping.entries()
                    .forEach((name, value) -> {
                        if (!VARIABLE.matcher(name).matches()) {
                            throw value.error(
                                    "has a name that no variable has; expected letters, digits and `_`");
                        }
                        out.put(name, value.string());
                    });
        }
        return out;
    }
}
