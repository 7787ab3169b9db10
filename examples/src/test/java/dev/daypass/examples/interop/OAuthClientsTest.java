package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A certified OAuth client and a JOSE library, both for Node.js, judge a running server. The cases
/// are in `src/test/node`.
class OAuthClientsTest {
    @TempDir Path directory;

    @TestFactory
    List<DynamicTest> strict_clients_that_others_made_find_nothing_wrong() throws IOException {
        NodeClients clients = NodeClients.installed();
        List<String> lines;
        try (Installation installation = Installation.in(directory)) {
            lines = clients.run(installation).lines().toList();
        }
        JsonFields last = JsonFields.of(Json.parse(lines.getLast()));
        assertEquals(last.longValue("cases"), lines.size() - 1);
        return cases(lines.subList(0, lines.size() - 1));
    }

    private static List<DynamicTest> cases(List<String> lines) {
        var out = new ArrayList<DynamicTest>();
        for (String line : lines) {
            JsonFields outcome = JsonFields.of(Json.parse(line));
            String failure = outcome.stringOrNull("failure");
            out.add(
                    dynamicTest(
                            outcome.string("name"),
                            () -> {
                                if (failure != null) {
                                    fail(failure);
                                }
                            }));
        }
        return out;
    }
}
