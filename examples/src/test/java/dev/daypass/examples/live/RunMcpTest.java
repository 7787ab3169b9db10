package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.examples.interop.NodeClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol's official client under `daypass run --mcp`, with nothing but the configuration
/// that it finds there.
class RunMcpTest {
    @TempDir Path directory;

    @Test
    void an_mcp_client_calls_the_tools_of_its_account_and_holds_no_token() throws IOException {
        Path packages = NodeClients.installed("node-mcp").directory();
        Path file = directory.resolve(".mcp.json");
        try (Installation here = Installation.start();
                McpDouble server =
                        McpDouble.offering(
                                McpDouble.tool("read_note", "Reads a note"),
                                McpDouble.tool("delete_note", "Deletes a note"))) {
            here.registerMcp("notes", server.offer(), server.url());
            here.agent("agent");
            try (RunProcess process =
                    RunProcess.start(
                            here.identity("agent"),
                            directory.resolve("err"),
                            Map.of(),
                            "--task=read the note",
                            "--lease=60s",
                            "--mcp=" + file,
                            "--",
                            "sh",
                            "-c",
                            "grep -o notes/mcp %s; node %s"
                                    .formatted(file, packages.resolve("under-run.mjs")))) {
                assertEquals("notes/mcp", process.line(), process.said());
                assertEquals("notes read_note: done", process.line(), process.said());
                assertEquals("", process.rest());
                assertEquals(0, process.status(), process.said());
                assertFalse(Files.exists(file));
            }
        }
    }
}
