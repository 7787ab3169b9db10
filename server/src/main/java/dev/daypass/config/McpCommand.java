package dev.daypass.config;

import java.util.List;
import java.util.Map;

/// An MCP server that the edge starts itself and speaks to over standard input and output. Only the
/// configuration file can name one: whoever could name a program over the API could run any.
///
/// @param name what services call it
/// @param command the program and its arguments; no shell reads them
/// @param environment all of it, besides a plain `PATH`
/// @param directory where it runs; empty for where the server runs
/// @param processesMax how many may run at once; each account's session has one
public record McpCommand(
        String name,
        List<String> command,
        Map<String, String> environment,
        String directory,
        int processesMax) {
    public McpCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "McpCommand[" + name + "]"; // its environment may hold secrets
    }
}
