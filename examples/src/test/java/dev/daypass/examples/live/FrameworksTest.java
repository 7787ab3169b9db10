package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.FlightShop;
import dev.daypass.examples.NoteBox;
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
    private static final String KEY = "key-of-the-samples";

    private static FlightShop shop;
    private static NoteBox notes;
    private static Installation here;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        shop = FlightShop.start(0, KEY);
        notes = NoteBox.start(0, KEY);
        here = Installation.start();
        here.register(
                "flights",
                shop.openApi(),
                "http://127.0.0.1:" + shop.port(),
                here.credential("header", "X-Api-Key", KEY));
        Installation.must(
                here.operator()
                        .send(
                                "PUT",
                                "/v1/services/notes",
                                Json.object()
                                        .put("source", "notes")
                                        .put("mcp", notes.offer())
                                        .put(
                                                "upstream",
                                                "http://127.0.0.1:%d/mcp".formatted(notes.port()))
                                        .put("credential", here.credential("bearer", "", KEY))
                                        .build()));
        here.agent("agent");
        here.agent("other");
    }

    @AfterAll
    static void close() {
        here.close();
        notes.close();
        shop.close();
    }

    /// A home whose agent is this one.
    private Path home() throws IOException {
        Path home = Files.createDirectories(directory.resolve("home/.daypass"));
        Files.createSymbolicLink(home.resolve("identity"), here.identity("agent"));
        return home.getParent();
    }

    private static String described() {
        return Json.object()
                .put("issuer", here.issuer().toString())
                .put("identity", here.identity("agent").toString())
                .put("other", here.identity("other").toString())
                .build()
                .text();
    }

    @Test
    void agents_of_langchain_work_with_the_grant_as_tools() throws IOException {
        NodeClients.framework("langchain").test("langchain.test.mjs", home(), described());
    }

    @Test
    void agents_of_langchain_reach_an_mcp_server_under_daypass_run() throws IOException {
        Path packages = NodeClients.framework("langchain").directory();
        try (RunProcess run =
                RunProcess.start(
                        here.identity("agent"),
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
            assertEquals(List.of(), done.strings("secrets"));
        }
    }
}
