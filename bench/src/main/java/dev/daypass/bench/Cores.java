package dev.daypass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Which core the server gets and which the load, so that neither measures the other.
///
/// @param server arguments before the command of what is measured
/// @param load arguments before the command of what stands on the load's side
/// @param both arguments before a command that may use the cores of both
/// @param told what was done, for the report
record Cores(List<String> server, List<String> load, List<String> both, String told) {
    private static final int WAIT_SECONDS_MAX = 5;

    /// Pins this process to the load's core.
    static Cores pinned() {
        List<Integer> allowed = allowed();
        if (allowed.size() < 2) {
            return none("not pinned: fewer than two cores");
        }
        int server = allowed.get(0);
        int load = allowed.get(1);
        String own = Long.toString(ProcessHandle.current().pid());
        if (!run("taskset", "-apc", Integer.toString(load), own)) {
            return none("not pinned: no `taskset` here");
        }
        return new Cores(
                List.of("taskset", "-c", Integer.toString(server)),
                List.of("taskset", "-c", Integer.toString(load)),
                List.of("taskset", "-c", server + "," + load),
                "server on core %d; load and upstream on core %d".formatted(server, load));
    }

    /// Runs something while this process and what it starts may use the cores of both.
    void unpinned(Runnable measured) {
        if (both.isEmpty()) {
            measured.run();
            return;
        }
        String own = Long.toString(ProcessHandle.current().pid());
        run("taskset", "-apc", both.getLast(), own);
        try {
            measured.run();
        } finally {
            run("taskset", "-apc", load.getLast(), own);
        }
    }

    private static Cores none(String why) {
        return new Cores(List.of(), List.of(), List.of(), why);
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<Integer> allowed() {
        var out = new ArrayList<Integer>();
        for (String range : allowedList().split(",")) {
            String[] ends = range.strip().split("-", 2);
            if (!ends[0].isEmpty()) {
                int last = Integer.parseInt(ends[ends.length - 1]);
                for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
                    out.add(cpu);
                }
            }
        }
        return out;
    }

    private static String allowedList() {
        String name = "Cpus_allowed_list:";
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(name.length()).strip())
                    .orElse("");
        } catch (IOException _) {
            return "";
        }
    }
}
