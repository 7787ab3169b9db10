package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.checkpoint.Checkpointer;
import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.cli.StartFailure;
import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Shell;
import dev.daypass.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threat 16: an operator or a database administrator rewrites, drops or cuts off the ledger. An
/// auditor who has only the public key, and what he saw before, finds it.
class Row16RewrittenLedgerTest {
    private static final String NOT_AS_WRITTEN = "daypass: the ledger is not as it was written: ";

    private final Path data = Installation.initialised();
    private final Path desk = Installation.temporary();

    @BeforeEach
    void factsThatAnAuditorSaw() {
        running(() -> {
            agents("early");
            assertEquals("", audit());
        });
    }

    @AfterEach
    void delete() {
        Installation.delete(data.getParent());
        Installation.delete(desk);
    }

    private void running(Runnable then) {
        Server server = Server.start(Installation.config(data, Map.of()), Clock.systemUTC());
        try {
            console = "http://127.0.0.1:" + server.ports().console();
            then.run();
        } finally {
            server.close();
        }
    }

    private String console = "";

    private void agents(String prefix) {
        var operator =
                new OperatorClient(URI.create(console), new DataDirectory(data).operatorToken());
        for (int i = 1; i <= 9; i++) {
            Installation.must(
                    operator.send(
                            "POST", "/v1/agents", Json.object().put("name", prefix + i).build()));
        }
    }

    /// Takes an export and verifies it with the public key alone, against what was seen before.
    ///
    /// @return what is wrong
    private String audit() {
        Path export = desk.resolve("export.jsonl");
        run("ledger", "export", "-f", export.toString(), "--console", console);
        return verified(export);
    }

    private String verified(Path export) {
        String said =
                run(
                        "ledger",
                        "verify",
                        export.toString(),
                        "--key",
                        publicKey().toString(),
                        "--witness",
                        desk.resolve("seen").toString());
        return said.startsWith("verified: ") ? "" : said.replace(NOT_AS_WRITTEN, "").strip();
    }

    /// The auditor's own copy.
    private Path publicKey() {
        Path copy = desk.resolve("ledger.pub");
        try {
            return Files.exists(copy) ? copy : Files.copy(data.resolve(LogKey.PUBLIC_FILE), copy);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var shell =
                new Shell(
                        out,
                        out,
                        new ByteArrayInputStream(new byte[0]),
                        Map.of("DAYPASS_DATA", data.toString()),
                        desk,
                        Clock.systemUTC(),
                        Thread::sleep);
        Commands.run(shell, arguments);
        return said.toString(StandardCharsets.UTF_8);
    }

    private void database(String... statements) {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("daypass.db"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String refused() {
        return String.valueOf(
                assertThrows(
                                StartFailure.class,
                                () ->
                                        Server.start(
                                                Installation.config(data, Map.of()),
                                                Clock.systemUTC()))
                        .getMessage());
    }

    private void copy(String from, String to) {
        try {
            Files.copy(data.resolve(from), data.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_ledger_that_only_grows_is_found_right_each_time() {
        running(() -> {
            agents("late");
            assertEquals("", audit());
            assertEquals("", audit());
        });
        running(() -> assertEquals("", audit()));
    }

    @Test
    void a_changed_fact_is_named() {
        database(
                "UPDATE facts SET body = unhex(replace(hex(body), hex('early4'), hex('nobody'))) WHERE seq = 4");
        running(() -> assertEquals("fact 4 was changed: its leaf does not match", audit()));
    }

    @Test
    void a_changed_fact_whose_leaf_was_made_to_match_is_found_by_the_signed_tree() {
        database(
                "UPDATE facts SET body = (SELECT body FROM facts WHERE seq = 5), time_ms = (SELECT time_ms FROM facts WHERE seq = 5) WHERE seq = 4");
        running(() -> assertTrue(audit().startsWith("fact 4 was changed"), this::audit));
    }

    @Test
    void a_dropped_fact_and_facts_in_another_order_are_named() throws IOException {
        Path export = desk.resolve("export.jsonl");
        List<String> lines = Files.readAllLines(export);
        var dropped = new ArrayList<>(lines);
        dropped.remove(3);
        assertEquals(
                "fact 3 is missing: the next one is 4", verified(Files.write(export, dropped)));
        var swapped = new ArrayList<>(lines);
        java.util.Collections.swap(swapped, 3, 4);
        assertEquals(
                "fact 3 is missing: the next one is 4", verified(Files.write(export, swapped)));
        var shorter = new ArrayList<>(lines);
        shorter.remove(lines.size() - 2);
        assertTrue(verified(Files.write(export, shorter)).startsWith("the export ends after"));
        var cut = lines.subList(0, lines.size() - 1);
        assertTrue(verified(Files.write(export, cut)).endsWith("before its checkpoint"));
    }

    @Test
    void facts_cut_off_the_database_keep_the_server_from_starting() {
        database("DELETE FROM facts WHERE seq = (SELECT max(seq) FROM facts)");

        assertTrue(refused().contains("the ledger ends with fact 8, but 9 were recorded"));
    }

    @Test
    void a_database_that_is_older_than_what_was_signed_keeps_the_server_from_starting() {
        copy("daypass.db", "older.db");
        running(() -> agents("late"));
        copy("older.db", "daypass.db");

        String refused = refused();

        assertTrue(refused.contains("the ledger has 9 facts, but 18 were signed"), refused);
    }

    @Test
    void another_history_of_the_same_length_keeps_the_server_from_starting() {
        rewritten();

        String refused = refused();

        assertTrue(refused.contains("its first 9 facts were changed"), refused);
    }

    @Test
    void an_operator_who_signs_another_history_with_the_true_key_is_found_by_what_was_seen()
            throws IOException {
        rewritten();
        Files.delete(data.resolve(Checkpointer.FILE));
        running(() -> {
            assertEquals("facts 1 to 9 are not those that the witness file knows of", audit());
            agents("more");
            assertEquals("facts 1 to 9 are not those that the witness file knows of", audit());
        });
    }

    @Test
    void an_operator_who_begins_anew_with_the_true_key_is_found_by_what_was_seen()
            throws IOException {
        Files.delete(data.resolve("daypass.db"));
        Files.delete(data.resolve(Checkpointer.FILE));
        running(() -> {
            var operator =
                    new OperatorClient(
                            URI.create(console), new DataDirectory(data).operatorToken());
            operator.send("POST", "/v1/agents", Json.object().put("name", "one").build());
            assertEquals("the checkpoint is of 1 facts, but the witness file knows of 9", audit());
        });
    }

    @Test
    void a_lost_key_is_told_and_the_server_starts_once_it_is_back() throws IOException {
        Path key = data.resolve(LogKey.FILE);
        Path kept = data.resolve("kept");
        Files.move(key, kept);

        String refused = refused();

        assertTrue(refused.contains("ledger.key` is lost"), refused);
        Files.move(kept, key);
        running(() -> assertEquals("", audit()));
    }

    /// Another history of nine facts, consistent in itself: written by the same program.
    private void rewritten() {
        try {
            copy(Checkpointer.FILE, "checkpoint.kept");
            Files.delete(data.resolve("daypass.db"));
            Files.delete(data.resolve(Checkpointer.FILE));
            running(() -> agents("other"));
            copy("checkpoint.kept", Checkpointer.FILE);
            Files.delete(data.resolve("checkpoint.kept"));
            assertTrue(Files.size(data.resolve(Checkpointer.FILE)) > 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
