package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples for frameworks, with the frameworks' own packages and a scripted model, against one
/// server.
class FrameworksTest {
    private static SampleHouse house;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        house = SampleHouse.start();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /// A home whose agent is that of the house.
    private Path home() throws IOException {
        Path home = Files.createDirectories(directory.resolve("home/.daypass"));
        Files.createSymbolicLink(home.resolve("identity"), house.identity());
        return home.getParent();
    }

    @Test
    void agents_of_langchain_work_with_the_grant_as_tools() throws IOException {
        NodeClients.framework("langchain").test("langchain.test.mjs", home(), house.described());
    }

    @Test
    void agents_of_langchain_reach_an_mcp_server_under_daypass_run() throws IOException {
        Path packages = NodeClients.framework("langchain").directory();
        try (RunProcess run =
                RunProcess.start(
                        house.identity(),
                        directory.resolve("err"),
                        Map.of(),
                        "--task=read note n-17",
                        "--service=notes",
                        "--mcp",
                        "--lease=60s",
                        "--",
                        "node",
                        packages.resolve("langchain-mcp.mjs").toString())) {
            String printed = run.rest();

            assertEquals(0, run.status(), run.said());
            JsonFields done = JsonFields.of(Json.parse(printed));
            assertEquals(List.of("read_note"), done.strings("tools"));
            assertEquals("The flat in Lisbon is free in May.", done.string("read"));
            assertTrue(done.string("said").contains("delete_note is not a valid tool"));
        }
    }

    @Test
    void openid_client_gets_uses_delegates_and_revokes_tokens() throws IOException {
        NodeClients.framework("openid-client")
                .test("openid-client.test.mjs", home(), house.described());
    }
}
