package dev.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpCommandsTest {
    @TempDir Path folder = Path.of("");

    private List<McpCommand> commands(String yaml) throws IOException {
        Path file = folder.resolve("daypass.yaml");
        Files.writeString(file, yaml);
        return Config.load(file, Map.of()).mcpServers();
    }

    private void refused(String place, String why, String yaml) {
        var refusal = assertThrows(WireException.class, () -> commands(yaml));
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.contains(":" + place + ":"), said);
        assertTrue(said.contains(why), said);
    }

    @Test
    void a_command_has_a_name_and_words_and_may_have_more() throws IOException {
        assertEquals(
                List.of(
                        new McpCommand("files", List.of("node", "x.js"), Map.of(), "", 16),
                        new McpCommand("more", List.of("a"), Map.of("TOKEN", "secret"), "/srv", 2)),
                commands(
                        """
                        mcp_servers:
                          - { name: files, command: [node, x.js] }
                          - { name: more, command: [a], environment: { TOKEN: secret }, directory: /srv, processes_max: 2 }
                        """));
    }

    @Test
    void only_the_file_can_name_a_program() {
        assertEquals(List.of(), Config.load(null, Map.of("DAYPASS_DATA", "data")).mcpServers());
        assertThrows(
                WireException.class, () -> Config.load(null, Map.of("DAYPASS_MCP_SERVERS", "x")));
    }

    @Test
    void what_is_wrong_is_named_with_its_place() {
        refused("1:14", "is not a list", "mcp_servers: x\n");
        refused("2:5", "needs `name`", "mcp_servers:\n  - {command: [a]}\n");
        refused("2:12", "is no name", "mcp_servers:\n  - {name: A, command: [a]}\n");
        refused("2:24", "is no command", "mcp_servers:\n  - {name: a, command: []}\n");
        refused("2:29", "unknown key", "mcp_servers:\n  - {name: a, command: [a], shell: true}\n");
        refused(
                "3:12",
                "is there twice",
                "mcp_servers:\n  - {name: a, command: [a]}\n  - {name: a, command: [a]}\n");
    }

    @Test
    void its_environment_is_not_told() {
        var command = new McpCommand("a", List.of("a"), Map.of("TOKEN", "secret"), "", 1);

        assertFalse(command.toString().contains("secret"));
    }
}
