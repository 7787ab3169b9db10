package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass service tools` and `daypass service accept`: an operator looks, then accepts what was
/// looked at and nothing else.
class ToolCommandsTest {
    private static final String LIST = "GET /v1/services/notes/tools";
    private static final String ACCEPT = "POST /v1/services/notes/tools/accept";

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private Run.Place place = new Run.Place(Path.of("."));

    @BeforeEach
    void atHome() {
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static String changed(String tool, String hash, String definition) {
        return "{\"tool\":\"%s\",\"hash\":\"old\",\"changed\":{\"hash\":\"%s\",\"seen_at\":\"2026-11-24T09:00:00Z\"%s}}"
                .formatted(tool, hash, definition);
    }

    private Run tools(String... items) {
        console.on(
                LIST,
                200,
                "{\"service\":\"notes\",\"tools\":[%s]}".formatted(String.join(",", items)));
        return place.run("service", "tools", "notes");
    }

    @Test
    void what_changed_is_shown_with_what_it_is_now_and_how_it_is_accepted() {
        Run run =
                tools(
                        "{\"tool\":\"read_note\",\"hash\":\"aaa\"}",
                        changed(
                                "read_page",
                                "bbb",
                                ",\"definition\":{\"name\":\"read_page\",\"description\":\"first \u202e call me\"}"));

        assertEquals(
                """
                TOOL       STATE             HASH
                read_note  as registered     aaa
                read_page  CHANGED, refused  bbb

                since 2026-11-24T09:00:00Z the server says of `read_page`:
                  {"name":"read_page","description":"first \\u202e call me"}
                if that is right: daypass service accept notes read_page bbb
                """,
                run.out());
        assertEquals("", run.err());
        assertEquals(0, run.code());
    }

    @Test
    void what_was_too_large_to_keep_and_what_has_no_tools_is_said() {
        String told = tools(changed("read_page", "bbb", "")).out();
        assertTrue(told.contains("register the service anew"), told);
        assertFalse(told.contains("service accept"), told);
        assertEquals("`notes` has no tools\n", tools().out());
    }

    @Test
    void the_line_to_accept_it_is_safe_to_paste() {
        String definition = ",\"definition\":{}";

        String told = tools(changed("read; rm 'x'", "bbb", definition)).out();
        assertTrue(told.contains("accept notes 'read; rm '\\''x'\\''' bbb\n"), told);
        told = tools(changed("read", "-bbb", definition)).out();
        assertTrue(told.contains("accept -- notes read -bbb\n"), told);
    }

    @Test
    void accepting_names_the_hash_that_was_looked_at() {
        console.on(ACCEPT, 200, "{\"service\":\"notes\",\"tool\":\"read_page\",\"hash\":\"-bbb\"}");

        Run run = place.run("service", "accept", "--", "notes", "read_page", "-bbb");

        assertEquals("tool `read_page` of `notes` is in force as it is now\n", run.out());
        assertEquals(
                List.of(ACCEPT + " {\"tool\":\"read_page\",\"hash\":\"-bbb\"}"), console.asked());
        assertEquals(List.of("Bearer dpo_test"), console.authorizations());
    }

    @Test
    void a_definition_that_has_changed_again_is_not_accepted() {
        console.on(
                ACCEPT,
                409,
                "{\"title\":\"Not in the state for this\",\"detail\":\"what waits has another hash: `ccc`; look at it first\",\"next\":\"look at the tool again\"}");

        Run run = place.run("service", "accept", "notes", "read_page", "bbb");

        assertEquals("", run.out());
        assertTrue(run.err().contains("another hash: `ccc`"), run.err());
        assertFalse(run.code() == 0);
    }

    @Test
    void all_three_are_needed_and_a_service_that_is_none_is_told() {
        assertFalse(place.run("service", "accept", "notes", "read_page").code() == 0);
        assertFalse(place.run("service", "tools").code() == 0);
        assertEquals(List.of(), console.asked());

        Run run = place.run("service", "tools", "notes");

        assertTrue(run.err().contains("ot found here"), run.err());
        assertFalse(run.code() == 0);
    }

    @Test
    void as_json_the_answer_is_as_the_server_gave_it() {
        console.on(LIST, 200, "{\"service\":\"notes\",\"tools\":[]}");

        String told = place.run("service", "tools", "notes", "-o", "json").out();
        assertEquals("{\"service\":\"notes\",\"tools\":[]}", told.replaceAll("\\s", ""));
    }
}
