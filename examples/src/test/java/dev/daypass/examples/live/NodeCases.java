package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// The outcomes of cases that ran in Node.js, as tests.
final class NodeCases {
    private NodeCases() {}

    /// @param written a line for each case, and one that counts them
    static List<DynamicTest> of(String written) {
        List<String> lines = written.lines().toList();
        JsonFields last = JsonFields.of(Json.parse(lines.getLast()));
        assertEquals(last.longValue("cases"), lines.size() - 1);
        return lines.subList(0, lines.size() - 1).stream().map(NodeCases::one).toList();
    }

    private static DynamicTest one(String line) {
        JsonFields outcome = JsonFields.of(Json.parse(line));
        String failure = outcome.stringOrNull("failure");
        return dynamicTest(
                outcome.string("name"),
                () -> {
                    if (failure != null) {
                        fail(failure);
                    }
                });
    }
}
