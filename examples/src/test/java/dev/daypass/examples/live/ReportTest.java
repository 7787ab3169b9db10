package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Shell;
import dev.daypass.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One page that says what an account was granted and what it really used; and what is left of it
/// once the account was shredded.
class ReportTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("holder");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var shell =
                new Shell(
                        out,
                        out,
                        new ByteArrayInputStream(new byte[0]),
                        Map.of(
                                "DAYPASS_DATA",
                                here.data().toString(),
                                "DAYPASS_CONSOLE",
                                "http://127.0.0.1:" + here.server().ports().console()),
                        here.data(),
                        Clock.systemUTC(),
                        Thread::sleep);
        Commands.run(shell, arguments);
        return said.toString(StandardCharsets.UTF_8);
    }

    /// An account that used one of what it was granted, and was refused once.
    private static Agent.Opened lived(String words) {
        Agent.Opened account = agent.open(Lab.READ + " " + words);
        assertEquals(200, agent.call("GET", "/lab/" + words, account).status());
        assertEquals(403, agent.call("POST", "/lab/" + words, account).status());
        return account;
    }

    private static void complete(Agent.Opened account) {
        Installation.must(agent.send("POST", "/v1/accounts/" + account.id() + "/complete"));
    }

    @Test
    void the_report_says_what_was_granted_what_was_used_and_how_it_ended() {
        Agent.Opened account = lived("thatone");
        complete(account);

        String text = run("ledger", "report", account.id());

        assertTrue(text.contains("thatone”"), text);
        assertTrue(text.contains("by rule, no human was asked"), text);
        assertTrue(text.contains("     1  lab.readThing"), text);
        assertTrue(text.contains("Granted and never used"), text);
        assertTrue(text.contains("GET /thatone"), text);
        assertTrue(text.contains("Refused: 1"), text);
        assertTrue(text.contains("completed by agent"), text);
        assertTrue(
                run("ledger", "report", account.id(), "-o", "json").contains("\"calls_made\":1"));
    }

    @Test
    void a_living_account_is_told_as_living_and_an_unknown_one_is_not_found() {
        assertTrue(run("ledger", "report", lived("alive").id()).contains("it lives"));
        assertTrue(
                run("ledger", "report", "acc_00000000000000000000000000")
                        .contains("no such account"));
    }

    @Test
    void a_page_holds_no_markup_of_others() throws IOException {
        Agent.Opened account = agent.open(Lab.READ + " <script>alert(1)</script>");
        Path page = here.data().resolve("page.html");

        run("ledger", "report", account.id(), "--html", page.toString());

        String html = Files.readString(page);
        assertFalse(html.contains("<script"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        Files.delete(page);
    }

    @Test
    void a_shredded_account_says_so_and_its_words_are_nowhere() throws IOException {
        Agent.Opened account = lived("qzwxvk");
        assertTrue(
                run("ledger", "shred", "--account", account.id())
                        .contains("accounts that live still: 1"));
        complete(account);

        assertTrue(
                run("ledger", "shred", "--account", account.id()).contains("accounts shredded: 1"));

        String text = run("ledger", "report", account.id());
        assertTrue(text.contains("task      shredded"), text);
        assertTrue(text.contains("     1  lab.readThing"), text);
        assertFalse(text.contains("qzwxvk"), text);
        assertFalse(Ledger.of(here).contains("qzwxvk"));
        try (Stream<Path> files = Files.walk(here.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                .contains("qzwxvk"),
                        file.toString());
            }
        }
        Answer verified = here.operator().send("GET", "/v1/ledger/verify", null);
        assertEquals("true", verified.text("verified").orElse(""));
        Answer both =
                here.operator()
                        .send(
                                "POST",
                                "/v1/ledger/shred",
                                Json.object().put("account", account.id()).build());
        assertEquals("0", both.text("shredded").orElse(""));
        assertEquals(
                400,
                here.operator().send("POST", "/v1/ledger/shred", Json.object().build()).status());
    }
}
