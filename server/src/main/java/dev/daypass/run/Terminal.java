package dev.daypass.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The terminal that this process belongs to, if any.
final class Terminal {
    private static final Path OWN = Path.of("/proc/self/stat");
    private static final int GROUP = 2;
    private static final int TERMINAL = 4;
    private static final int FOREGROUND = 5;

    private Terminal() {}

    /// Whether what is typed at a terminal, such as Ctrl-C, reaches this process: the program then
    /// gets it as well, and must not get it twice.
    static boolean inForeground() {
        try {
            return inForeground(Files.readString(OWN));
        } catch (IOException _) {
            return false; // not Linux: who has no terminal must get its signals
        }
    }

    /// @param stat as in `/proc/self/stat` (proc(5))
    static boolean inForeground(String stat) {
        // The name in parentheses may hold anything.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
        return fields.size() > FOREGROUND
                && !fields.get(TERMINAL).equals("0")
                && fields.get(FOREGROUND).equals(fields.get(GROUP));
    }
}
