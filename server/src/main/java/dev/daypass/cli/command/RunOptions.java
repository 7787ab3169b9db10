package dev.daypass.cli.command;

import dev.daypass.run.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `daypass run` was asked to do.
///
/// @param account the account to open
/// @param program the program to start
/// @param way to the server
/// @param explain whether the tree is shown first
record RunOptions(Account account, Program program, AsAgent.Way way, boolean explain) {
    static final Duration LEASE = Duration.ofSeconds(4);

    /// @param task in words
    /// @param bounds what narrows it
    /// @param budget by what is counted
    /// @param lease how long it outlives this process at most; `null` for as long as it may
    record Account(
            String task,
            TaskOptions.Bounds bounds,
            Map<String, Long> budget,
            @Nullable Duration lease) {
        Account {
            budget = Map.copyOf(budget);
        }
    }

    /// @param command the program and its arguments
    /// @param maps variables that are to hold a service's URL
    /// @param passed variables that it gets although they look like keys
    /// @param extras what more it gets
    record Program(
            List<String> command,
            Map<String, String> maps,
            Set<String> passed,
            TaskRun.Extras extras) {
        Program {
            command = List.copyOf(command);
            maps = Map.copyOf(maps);
            passed = Set.copyOf(passed);
        }
    }
}
