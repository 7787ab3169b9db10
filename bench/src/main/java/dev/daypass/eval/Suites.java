package dev.daypass.eval;

import dev.daypass.permission.Operation;
import java.nio.file.Path;
import java.util.List;

/// The suites of a folder for those who want their words only, not their measures.
public final class Suites {
    private Suites() {}

    /// The words of one suite.
    ///
    /// @param name of the suite
    /// @param operations all of them
    /// @param prompts what agents say, 1 to 4,096 characters each
    public record Words(String name, List<Operation> operations, List<String> prompts) {
        public Words {
            operations = List.copyOf(operations);
            prompts = List.copyOf(prompts);
        }
    }

    /// In the order of the files' names; other files there are passed over.
    ///
    /// @throws dev.daypass.wire.WireException if one is malformed
    public static List<Words> in(Path folder) {
        return SuiteFile.in(folder).stream()
                .map(suite ->
                        new Words(
                                suite.name(),
                                suite.catalog().operations(),
                                suite.tasks().stream().map(Suite.Ask::prompt).toList()))
                .toList();
    }
}
